import type { ErrorCode } from '#contracts/api/error-codes.ts';
import type { ChangeRequest } from '#domain/catalogue/plan-change.ts';
import { cataloguePath } from '#runtime/http/catalogue-path.ts';
import type { HttpRequest } from '#runtime/http/http.ts';
import { jsonBody } from '#runtime/http/json-body.ts';

/** What a request wants of the catalogue, or why it can't be told. */
export type ReadChangeRequest =
  | { readonly kind: 'change'; readonly wanted: ChangeRequest; readonly isDryRun: boolean }
  | { readonly kind: 'refused'; readonly code: ErrorCode; readonly message: string };

/** Reads a PUT or DELETE of one item. `?validate=true` asks for a dry run. */
export function readChangeRequest(request: HttpRequest): ReadChangeRequest {
  const { kind, id = '' } = cataloguePath(request);
  const { validate = 'false', ...others } = request.queryStringParameters ?? {};
  const [unknown] = Object.keys(others);
  if (unknown !== undefined || !['true', 'false'].includes(validate)) {
    return { kind: 'refused', code: 'malformed_query', message: 'Expected validate=true, or no query.' };
  }
  const { 'if-match': ifMatch, 'if-none-match': ifNoneMatch } = request.headers;
  const wanted = { kind, id, ifMatch, ifNoneMatch };
  const isDryRun = validate === 'true';
  if (request.requestContext.http.method === 'DELETE')
    return { kind: 'change', wanted: { ...wanted, item: undefined }, isDryRun };
  const body = jsonBody(request);
  return body.kind === 'refused'
    ? body
    : { kind: 'change', wanted: { ...wanted, item: { value: body.value } }, isDryRun };
}
