import { type KnownCaller, maySpeakFor } from '#domain/credential/access.ts';
import type { DecisionPlan } from '#domain/decision/decision-plan.ts';
import { DecisionRequest } from '#domain/decision/decision-request.ts';
import { plainWords } from '#domain/vocabulary/plain-words.ts';
import { touchpointNamed, touchpoints } from '#domain/vocabulary/touchpoint.ts';
import { faultsInWords } from '#runtime/http/faults-in-words.ts';
import { type HttpAnswer, type HttpRequest, refuse } from '#runtime/http/http.ts';
import { jsonBody } from '#runtime/http/json-body.ts';

/** A readable request with its idempotency key, or the refusal to give. */
export type ReadRequest =
  | { readonly kind: 'request'; readonly request: DecisionRequest; readonly idempotencyKey: string | undefined }
  | { readonly kind: 'refused'; readonly answer: HttpAnswer };

const longestKey = 255;

/** Reads the body and headers of a request for a decision. */
export function readRequest(http: HttpRequest): ReadRequest {
  const body = jsonBody(http);
  if (body.kind === 'refused') return refused(refuse(400, body.code, body.message));
  const parsed = DecisionRequest.safeParse(body.value, { error: plainWords });
  if (!parsed.success) return refused(refuse(400, 'invalid_request', faultsInWords(parsed.error, 'body')));
  const idempotencyKey = http.headers['idempotency-key'];
  if (idempotencyKey !== undefined && (idempotencyKey === '' || idempotencyKey.length > longestKey)) {
    return refused(
      refuse(400, 'invalid_idempotency_key', `Expected 1 to ${longestKey} characters in Idempotency-Key.`),
    );
  }
  return { kind: 'request', request: parsed.data, idempotencyKey };
}

/** The refusal to give when the catalogue lacks a placement that is asked for. */
export function unknownPlacements({ placements }: DecisionRequest, plan: DecisionPlan): HttpAnswer | undefined {
  const unknown = placements.filter((placementId) => !plan.placements.has(placementId));
  if (unknown.length === 0) return undefined;
  return refuse(400, 'unknown_placement', `The catalogue has no placement ${unknown.join(', ')}.`);
}

/** The refusal to give when nobody has the touchpoint that is asked for: neither every stage nor a placement of this one. */
export function unknownTouchpoint({ touchpoint }: DecisionRequest, plan: DecisionPlan): HttpAnswer | undefined {
  if (touchpoint === undefined || touchpointNamed(touchpoint) !== undefined) return undefined;
  const added = new Set([...plan.placements.values()].map(({ placement }) => placement.touchpoint));
  if (added.has(touchpoint)) return undefined;
  const known = new Set([...touchpoints, ...added]);
  return refuse(400, 'invalid_request', `touchpoint: Expected one of ${[...known].join(', ')}`);
}

/** The refusal to give when a caller asks for a touchpoint, or for a placement of one, that its credential does not speak for. */
export function foreignPlace(
  { touchpoint, placements }: DecisionRequest & { readonly touchpoint: string },
  plan: DecisionPlan,
  caller: KnownCaller,
): HttpAnswer | undefined {
  const asked = [touchpoint, ...placements.flatMap((id) => plan.placements.get(id)?.placement.touchpoint ?? [])];
  const foreign = asked.find((each) => !maySpeakFor(caller, each));
  if (foreign === undefined) return undefined;
  return refuse(403, 'foreign_touchpoint', `This credential does not speak for the touchpoint ${foreign}.`);
}

function refused(answer: HttpAnswer): ReadRequest {
  return { kind: 'refused', answer };
}
