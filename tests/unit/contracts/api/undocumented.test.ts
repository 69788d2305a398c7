import { expect, test } from 'vitest';
import type { Route } from '#contracts/api/route.ts';
import { routeOf, undocumented } from '#support/undocumented.ts';

const json = (status: number, body: object, headers = {}) => ({ status, headers, text: JSON.stringify(body) });
const refused = { error: { code: 'busy', message: 'Later.' } };

function route(method: string, path: string): Route {
  const found = routeOf(method, path);
  if (found === undefined) throw new Error(`no route ${method} ${path}`);
  return found;
}

test.each([
  ['GET', '/v1/customers', '/v1/customers'],
  ['GET', '/v1/customers/user_id:ada', '/v1/customers/{identifier}'],
  ['GET', '/v1/customers/timeline', '/v1/customers/timeline'],
  ['GET', '/v1/customers/user_id:ada/timeline', '/v1/customers/{identifier}/timeline'],
  ['GET', '/v1/customers/user_id:a/b/timeline', '/v1/customers/{path+}'],
  ['PUT', '/v1/placements/web/home-hero', '/v1/placements/{id+}'],
  ['POST', '/v1/track/', '/{path+}'],
])('%s %s goes by %s', (method, path, expected) => {
  expect(route(method, path).path).toBe(expected);
});

test.each([
  ['a status', json(418, refused), /418 is not in the document/],
  [
    'a field',
    json(200, { customerId: 'c', separatedCustomerId: 'd', changed: true, more: 1 }),
    /additional properties/,
  ],
  ['a field of a refusal', json(404, { error: { ...refused.error, more: 1 } }), /additional properties/],
  [
    'a field of one of two refusals',
    json(503, { error: { ...refused.error, more: 1 } }, { 'retry-after': '1' }),
    /additional/,
  ],
  ['a missing field', json(200, { changed: true }), /required property/],
  ['503 without when to come again', json(503, refused), /lacks retry-after/],
])('%s that the document does not have is found', (_, answered, found) => {
  expect(undocumented(route('POST', '/v1/customers/unmerge'), answered)).toMatch(found);
});

test.each([
  ['an answer', '/v1/customers/unmerge', json(200, { customerId: 'c', separatedCustomerId: 'd', changed: true })],
  ['a refusal', '/v1/customers/unmerge', json(503, refused, { 'retry-after': '1' })],
  ['what API Gateway says itself', '/v1/customers/unmerge', json(429, { message: 'Too Many Requests' })],
  ['what SDKs find by themselves', '/v1/m', json(404, refused)],
])('%s as the document has it is none', (_, path, answered) => {
  expect(undocumented(route('POST', path), answered)).toBeUndefined();
});

test('a field of a catalogue item that the document lacks is found', () => {
  const items = [{ id: 'tv', version: 1, updatedAt: '2026-01-01T00:00:00Z', updatedBy: 'c-1', item: {}, more: 1 }];
  expect(undocumented(route('GET', '/v1/offers'), json(200, { items, nextCursor: null }))).toMatch(/additional/);
});
