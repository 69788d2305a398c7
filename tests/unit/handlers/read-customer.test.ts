import { describe, expect, test } from 'vitest';
import { identityKeyOf } from '#adapters/secrets-manager/secret-identity-key.ts';
import { defaultIdentifiers } from '#domain/identity/identifier-catalogue.ts';
import { fold, personaMemory } from '#domain/profile/fold.ts';
import { Profile } from '#domain/profile/read-profile.ts';
import { readCustomer } from '#handlers/profile/read-customer/read-customer.ts';
import { behindApi } from '#support/behind-api.ts';
import { httpRequest, knownCaller, type RequestParts } from '#support/builders/http-request.ts';
import { interaction } from '#support/builders/interaction.ts';
import { fakeCustomers } from '#support/fakes/fake-customers.ts';

const identityKey = identityKeyOf('k'.repeat(64));
const customerId = identityKey.personaId('user_id', 'u:1');
const stateOf = (messageId: string, properties = {}) =>
  fold(personaMemory(), [interaction({ messageId, event: 'Order Completed', properties })]).state;
const states = [
  stateOf('1', { order_id: 'o-1', revenue: 10, currency: 'EUR' }),
  stateOf('2', { order_id: 'o-2', revenue: 5, currency: 'EUR' }),
];

async function read(identifier: string, parts: RequestParts = {}) {
  const handle = behindApi(
    'read-customer',
    readCustomer({
      customers: fakeCustomers(customerId, { states, segments: ['sports-fan', 'loyal'] }),
      identityKey: async () => identityKey,
      identifiers: defaultIdentifiers,
      now: () => Date.UTC(2026, 2, 11),
    }),
  );
  const { statusCode, body } = await handle(httpRequest({ method: 'GET', pathParameters: { identifier }, ...parts }));
  return { status: statusCode, body: JSON.parse(body) };
}

describe('a customer', () => {
  test('is found by a user id that holds a colon and shown as its personas together', async () => {
    const { status, body } = await read('user_id:u:1');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      customerId,
      personas: 2,
      purchases: [{ currency: 'EUR', orders: 2, revenueMinor: 1500 }],
      segments: ['loyal', 'sports-fan'],
    });
    expect(Profile.parse(body)).toBeDefined();
  });

  test.each([
    ['0170 1234567', 'DE'],
    ['0170 1234567', ' de '],
    ['0049 170 1234567', 'FR'],
    ['0049 170 1234567', undefined],
    ['+49 170 1234567', 'US'],
    ['0170/1234567', 'DE'],
  ])('is found by a number as people write it: %s in %s', async (number, region) => {
    const handle = behindApi(
      'read-customer',
      readCustomer({
        customers: fakeCustomers(identityKey.personaId('phone', '+491701234567'), { states, segments: [] }),
        identityKey: async () => identityKey,
        identifiers: defaultIdentifiers,
        now: () => Date.UTC(2026, 2, 11),
      }),
    );
    const parts = { method: 'GET', pathParameters: { identifier: `phone:${number}` } };
    const query = region === undefined ? {} : { query: { region } };
    expect((await handle(httpRequest({ ...parts, ...query }))).statusCode).toBe(200);
  });

  test('asked for in a region that there is none of is answered 400', async () => {
    const { status, body } = await read('user_id:u:1', { query: { region: 'XX' } });
    expect([status, body.error.code]).toEqual([400, 'unknown_region']);
  });

  test('is found by its own id', async () => {
    expect((await read(`customer_id:${customerId}`)).body).toMatchObject({ customerId });
  });

  test.each(['user_id:u', 'anonymous_id:u:1', 'customer_id:nobody'])(
    'that is not there is answered 404: %s',
    async (identifier) => {
      const { status, body } = await read(identifier);
      expect([status, body.error.code]).toEqual([404, 'unknown_customer']);
    },
  );

  test.each([
    '',
    'u-1',
    'user_id',
    'user_id:',
    'email:ann',
    'phone:12',
    'shoe_size:44',
    'user_id:unknown',
    ':u',
    'user_id\u0000:u',
    '__proto__:u',
    `customer_id:${'x'.repeat(256)}`,
  ])('whose identifier is malformed is answered 400: %j', async (identifier) => {
    const { status, body } = await read(identifier);
    expect([status, body.error.code]).toEqual([400, 'malformed_identifier']);
  });

  test('of the longest identifier is looked for', async () => {
    expect((await read(`customer_id:${'x'.repeat(255)}`)).status).toBe(404);
  });

  test.each<[RequestParts['caller'], number, string]>([
    [{ credential: 'absent' }, 401, 'missing_credential'],
    [{ credential: 'unknown' }, 401, 'unknown_credential'],
    [knownCaller('collect'), 403, 'missing_scope'],
  ])('is not shown to %j', async (caller, status, code) => {
    const answer = await read('user_id:u:1', { caller });
    expect([answer.status, answer.body.error.code]).toEqual([status, code]);
  });
});
