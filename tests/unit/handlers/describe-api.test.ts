import '#support/fakes/function-environment.ts';
import { expect, test } from 'vitest';
import { rejectionReasons } from '#domain/interaction/rejection.ts';
import { makeHandler } from '#handlers/describe-api/handler.ts';

const document = async () => JSON.parse((await makeHandler()()).body);

test('describes every call of the Segment API and the customer reads', async () => {
  const { openapi, paths } = await document();
  expect(openapi).toBe('3.1.0');
  const calls = 'track identify page screen group alias batch t i p s g a b'.split(' ').map((call) => `/v1/${call}`);
  expect(Object.keys(paths).sort()).toEqual(
    [...calls, '/v1/customers/{identifier}', '/v1/customers/{identifier}/timeline'].sort(),
  );
});

test('names every reason for which an event is rejected', async () => {
  const text = JSON.stringify(await document());
  for (const reason of rejectionReasons) expect(text).toContain(`"${reason}"`);
});
