import { expect, test } from 'vitest';
import { namedCustomer } from '#runtime/http/named-customer.ts';
import { httpRequest } from '#support/builders/http-request.ts';

test.each([
  ['one segment', { pathParameters: { identifier: 'user_id:a?b%c d#e+f' } }, { identifier: 'user_id:a?b%c d#e+f' }],
  ['the query', { query: { identifier: 'user_id:a/b/timeline' } }, { identifier: 'user_id:a/b/timeline' }],
  ['several segments', { pathParameters: { path: 'user_id:a/b' } }, { identifier: 'user_id:a/b' }],
  [
    'several segments and a view',
    { pathParameters: { path: 'user_id:/a//consents' } },
    { identifier: 'user_id:/a/', view: 'consents' },
  ],
  ['nothing', {}, { identifier: '' }],
])('a customer is named by %s', (_, parts, expected) => {
  expect(namedCustomer(httpRequest(parts))).toEqual(expected);
});
