import * as z from 'zod';
import { errorCodes } from './error-codes.ts';
import type { Operation, Route } from './route.ts';

/** Why something was refused, for programs. */
export const RefusalCode = z.enum(errorCodes);

/** The one form of every refusal. */
export const Refusal = z.object({ error: z.object({ code: RefusalCode, message: z.string() }) });

/** What API Gateway says itself, of a request that it gave to no function or that no function answered. */
export const GatewayRefusal = z.object({ message: z.string() });

/** JSON content of a schema; `input` is what may be sent, `output` what is answered. */
export function json(schema: z.ZodType, io: 'input' | 'output', example?: unknown) {
  const shown = example === undefined ? {} : { example };
  return { 'application/json': { schema: z.toJSONSchema(schema, { io, unrepresentable: 'any' }), ...shown } };
}

/** JSON content of one schema of the document's components, or of any of several. */
export function jsonOf(...names: readonly [string, ...string[]]) {
  const [first, ...others] = names.map((name) => ({ $ref: `#/components/schemas/${name}` }));
  return { 'application/json': { schema: others.length === 0 ? first : { anyOf: [first, ...others] } } };
}

/** An answer with a JSON body. */
export function answers(description: string, schema: z.ZodType, example?: unknown) {
  return { description, content: json(schema, 'output', example) };
}

/** An answer that refuses: a code for programs, words for people. */
export function refusal(description: string) {
  return { description, content: jsonOf('Refusal') };
}

/** What every path answers to whom it does not let in. */
export const denied = { 401: refusal('No valid credential'), 403: refusal('Scope missing') };

/** What every path answers when there is too much to do, or when what it asks can't answer now. */
export const comeAgain = {
  429: inAWhile('More than the credential may send, or than the stage takes: send the same request again'),
  503: inAWhile('Send it again'),
};

function inAWhile(description: string) {
  return {
    description,
    content: jsonOf('Refusal', 'GatewayRefusal'),
    headers: { 'Retry-After': { description: 'Seconds to wait', schema: { type: 'integer', minimum: 1 } } },
  };
}

const identifier = {
  name: 'identifier',
  required: true,
  schema: { type: 'string', pattern: '^[a-z][a-z0-9_]{0,31}:.+$' },
} as const;
const identifierWords =
  'customer_id with any id that the customer ever had, or a type of the stage’s identifiers (user_id, email, loyalty_id …), a colon and the value';

/** Whose phone numbers a request writes. */
export const regionInQuery = {
  name: 'region',
  in: 'query',
  schema: { type: 'string', pattern: '^[A-Z]{2}$' },
  description:
    'Country (ISO 3166) whose phone numbers lack their country code, instead of the stage’s: phone:0170 1234567 with DE',
} as const;

/**
 * What the API answers of a customer whom the path names, and whom the query names: API Gateway cuts a path at an encoded question
 * mark and refuses an encoded percent sign, and no encoding tells an id that ends with the name of a view from that view.
 */
export function ofCustomer(
  view: '' | `/${string}`,
  route: Pick<Route, 'method' | 'to'> & Pick<Extract<Route, { scopes: object }>, 'scopes'>,
  operation: (parameters: readonly object[]) => Operation,
): Route[] {
  const inPath = `${identifierWords}, percent-encoded. It may hold slashes; one with ? or %, or that ends as a path does, belongs in the query: /v1/customers${view}?identifier=…`;
  return [
    {
      ...route,
      path: `/v1/customers/{identifier}${view}`,
      operation: operation([{ ...identifier, in: 'path', description: inPath }, regionInQuery]),
    },
    {
      ...route,
      path: `/v1/customers${view}`,
      operation: byQuery(operation([{ ...identifier, in: 'query', description: identifierWords }, regionInQuery])),
    },
  ];
}

/** The same operation by another name, for names are unique. */
function byQuery(operation: Operation): Operation {
  return { ...operation, operationId: `${operation.operationId}ByQuery` };
}

/** Where an identifier holds slashes: API Gateway has decoded them, and one route a method takes them all. */
export const slashedIdentifier = '/v1/customers/{path+}';
