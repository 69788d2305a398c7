import fc from 'fast-check';
import { expect, test } from 'vitest';
import { callerOfRequest, HttpRequest } from '#runtime/http/http.ts';
import { httpRequest, knownCaller } from '#support/builders/http-request.ts';

/** Where payload format 2.0 may leave a field out: those of the request, of its context and of its maps. */
const places = [
  ['headers'],
  ['headers', 'x-absent'],
  ['pathParameters'],
  ['pathParameters', 'key'],
  ['queryStringParameters'],
  ['queryStringParameters', 'limit'],
  ['body'],
  ['cookies'],
  ['stageVariables'],
  ['isBase64Encoded'],
  ['requestContext', 'authentication'],
  ['requestContext', 'authorizer'],
  ['requestContext', 'authorizer', 'lambda'],
  ['requestContext', 'authorizer', 'iam'],
] as const;

function withValue(request: object, [name, ...deeper]: readonly string[], value: unknown): object {
  if (name === undefined) return request;
  const members: Record<string, unknown> = { ...request };
  const inner = members[name];
  if (deeper.length > 0) members[name] = withValue(typeof inner === 'object' && inner ? inner : {}, deeper, value);
  else if (value === undefined) delete members[name];
  else members[name] = value;
  return members;
}

test('reads null anywhere in a request as it reads an absent field', () => {
  const whole = httpRequest({ pathParameters: { key: 'user_id:u1' }, query: { limit: '5' }, body: {} });
  fc.assert(
    fc.property(fc.subarray([...places]), (chosen) => {
      const withNulls = chosen.reduce<object>((request, place) => withValue(request, place, null), whole);
      const without = chosen.reduce<object>((request, place) => withValue(request, place, undefined), whole);
      expect(HttpRequest.parse(withNulls)).toEqual(HttpRequest.parse(without));
    }),
  );
});

test('takes a caller whose context is null for one without a key', () => {
  const request = httpRequest({ caller: undefined });
  const context = { ...request.requestContext, authorizer: { lambda: null } };
  expect(callerOfRequest(HttpRequest.parse({ ...request, requestContext: context }))).toEqual({ credential: 'absent' });
});

test('keeps who calls beside fields that are null', () => {
  const request = { ...httpRequest(), pathParameters: null, queryStringParameters: null, body: null };
  expect(callerOfRequest(HttpRequest.parse(request))).toEqual(knownCaller());
});
