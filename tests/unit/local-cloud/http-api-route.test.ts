import { expect, test } from 'vitest';
import { functionAnswer } from '#local-cloud/services/api-gateway/answer.ts';
import { bodyFields } from '#local-cloud/services/api-gateway/event.ts';
import { matchRoute } from '#local-cloud/services/api-gateway/route.ts';

const routes = [
  '$default',
  'ANY /{path+}',
  'GET /v1/{path+}',
  'GET /v1/customers/{id}',
  'GET /v1/customers/me',
  'ANY /v1/customers/me',
  'GET /v1/customers/{id}/timeline',
].map((key) => ({ key, integrationId: 'i', authorizerId: undefined }));

test.each([
  ['GET', '/v1/customers/me', 'GET /v1/customers/me', {}],
  ['PUT', '/v1/customers/me', 'ANY /v1/customers/me', {}],
  ['GET', '/v1/customers/user_id:a b', 'GET /v1/customers/{id}', { id: 'user_id:a b' }],
  ['GET', '/v1/customers/7/timeline', 'GET /v1/customers/{id}/timeline', { id: '7' }],
  ['GET', '/v1/customers/7/other', 'GET /v1/{path+}', { path: 'customers/7/other' }],
  ['POST', '/v1/customers/7', 'ANY /{path+}', { path: 'v1/customers/7' }],
  ['GET', '/v1/customers/', 'GET /v1/{path+}', { path: 'customers/' }],
])('%s %s is answered by %s', (method, path, key, pathParameters) => {
  expect(matchRoute(routes, method, path)).toMatchObject({ route: { key }, pathParameters });
});

test('finds no route where none fits', () => {
  expect(matchRoute(routes.slice(3), 'DELETE', '/v1/customers/7')).toBeUndefined();
});

test.each([
  ['application/json; charset=utf-8', undefined, false],
  ['text/plain;charset=UTF-8', undefined, false],
  ['application/json', 'gzip', true],
  ['application/x-www-form-urlencoded', undefined, true],
  ['application/octet-stream', undefined, true],
  [undefined, undefined, true],
])('hands over a body of type %s and encoding %s with isBase64Encoded %s', (type, encoding, isBase64Encoded) => {
  const headers = { ...(type ? { 'content-type': type } : {}), ...(encoding ? { 'content-encoding': encoding } : {}) };
  const body = isBase64Encoded ? Buffer.from('{"a":1}').toString('base64') : '{"a":1}';
  expect(bodyFields(Buffer.from('{"a":1}'), headers)).toEqual({ body, isBase64Encoded });
});

test('takes JSON without a status code as the body of a 200', () => {
  expect(functionAnswer('{"a":1}')).toMatchObject({ status: 200, body: '{"a":1}' });
});

test('decodes a base64 body and keeps cookies apart', () => {
  const payload = { statusCode: 201, body: 'aGk=', isBase64Encoded: true, cookies: ['a=1'], headers: { 'X-A': 'b' } };
  const answer = functionAnswer(JSON.stringify(payload));
  expect(answer).toMatchObject({ status: 201, headers: { 'x-a': 'b', 'set-cookie': ['a=1'] } });
  expect(String(answer.body)).toBe('hi');
});

test('answers 500 for a status code that is none', () => {
  expect(functionAnswer('{"statusCode":"many"}')).toMatchObject({ status: 500 });
});
