import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { identityKeyOf, proofKeyOf } from '#adapters/secrets-manager/secret-identity-key.ts';
import { readInteraction } from '#contracts/wire/read-interaction.ts';
import { readIdentifierCatalogue } from '#domain/identity/identifier-catalogue.ts';
import { collectInteractions } from '#handlers/collect/collect-interactions/collect-interactions.ts';
import { signProof } from '#scripts/proof/sign-proof.ts';
import { behindApi } from '#support/behind-api.ts';
import { arrival } from '#support/builders/arrival.ts';
import { httpRequest } from '#support/builders/http-request.ts';
import { FakeArrivals } from '#support/fakes/fake-arrivals.ts';
import { FakeBus } from '#support/fakes/fake-bus.ts';
import { credential, fakeCredentials } from '#support/fakes/fake-credentials.ts';
import { freeAllowances } from '#support/fakes/free-allowances.ts';

const secret = 'k'.repeat(64);
const nowMs = Date.UTC(2026, 2, 10, 12);
const key = proofKeyOf(secret, '1');

/** Sends one event with a public key; gives its standing, the types of its identifiers, and what the answer says. */
async function told(event: object, proof: string, settings: object = {}) {
  const read = readIdentifierCatalogue(settings);
  if (read.kind === 'invalid') throw new Error(read.faults.join());
  const bus = new FakeBus();
  const collect = behindApi(
    'collect-interactions',
    collectInteractions({
      credentials: fakeCredentials({ key: credential({ trust: 'public' }) }),
      bus,
      allowances: freeAllowances,
      arrivals: new FakeArrivals(),
      identityKey: async () => identityKeyOf(secret),
      onRejected: () => {},
      onUnsealed: () => {},
      sealer: async () => undefined,
      identifiers: read.catalogue,
      usualCurrency: 'USD',
      now: () => nowMs,
      newId: () => 'id',
    }),
  );
  const body = { type: 'identify', context: { proof }, ...event };
  const answer = await collect(
    httpRequest({ path: '/v1/batch', headers: { 'x-write-key': 'key' }, body: { batch: [body] } }),
  );
  const [interaction] = bus
    .details('InteractionsReceived')
    .flatMap(({ personas }) => personas.flatMap(({ interactions }) => interactions));
  expect(JSON.stringify(bus.entries)).not.toContain(proof);
  return {
    standing: interaction?.standing,
    types: interaction?.identifiers?.map((one) => one.key.split(':')[0]),
    detail: JSON.parse(answer.body).results[0].detail,
  };
}

const ada = { user_id: 'u1', email: 'Ada@example.com' };
const visit = { userId: 'u1', anonymousId: 'b1', traits: { email: 'ada@example.com' } };
const trusted = { standing: 'trusted', types: ['user_id', 'email', 'anonymous_id'], detail: undefined };

test('the firm’s word makes an event trusted, of whatever browser, and names what the event does not', async () => {
  const proof = signProof(key, ada, '1', nowMs);
  expect(await told(visit, proof)).toEqual(trusted);
  expect(await told({ type: 'page', anonymousId: 'b1' }, proof)).toEqual(trusted);
});

test('an alias from a web page, proven or not, gives up an anonymous id and no former user id', async () => {
  const alias = { type: 'alias', userId: 'u1', previousId: 'u0' };
  const proof = signProof(key, { user_id: 'u1' }, '1', nowMs);
  expect(await told(alias, proof)).toEqual({ ...trusted, types: ['user_id', 'anonymous_id'] });
  expect(await told(alias, 'no-proof')).toMatchObject({ standing: 'claimed', types: ['user_id', 'anonymous_id'] });
  expect(await told(alias, 'no-proof', { publicClaims: 'anybody-may-merge-customers' })).toMatchObject({
    standing: 'trusted',
    types: ['user_id', 'user_id', 'anonymous_id'],
  });
});

test('a token that names the browser is of use there only', async () => {
  const proof = signProof(key, { ...ada, anonymous_id: 'b1' }, '1', nowMs);
  expect(await told(visit, proof)).toEqual(trusted);
  expect(await told({ ...visit, anonymousId: 'b2' }, proof)).toMatchObject({ standing: 'claimed' });
});

const encoded = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
const unsigned = `${encoded({ alg: 'none', kid: '1' })}.${encoded({ identifiers: ada, exp: nowMs / 1000 + 60 })}.`;
const longLived = (() => {
  const text = `${encoded({ alg: 'HS256', kid: '1' })}.${encoded({ identifiers: ada, exp: nowMs / 1000 + 86_400 })}`;
  return `${text}.${createHmac('sha256', key).update(text).digest('base64url')}`;
})();
const good = signProof(key, ada, '1', nowMs);

test.each<[string, object, string, string]>([
  ['expired', visit, signProof(key, ada, '1', nowMs - 400_000), 'expired'],
  ['forged', visit, signProof('another key', ada, '1', nowMs), 'not signed'],
  ['of a key that is not in use', visit, signProof(proofKeyOf(secret, '2'), ada, '2', nowMs), 'not signed'],
  ['unsigned', visit, unsigned, 'no token'],
  [
    'changed on the way',
    visit,
    good.replace(/\.[^.]+\./, `.${encoded({ identifiers: { user_id: 'u2' }, exp: nowMs })}.`),
    'not signed',
  ],
  ['for life', visit, longLived, 'more than an hour'],
  ['nothing', visit, 'nothing', 'no token'],
  ['of nobody', visit, signProof(key, { user_id: 'undefined' }, '1', nowMs), 'identifies nobody'],
  ['of somebody else', { ...visit, userId: 'u2' }, good, 'does not name this user_id'],
  ['without the address beside it', visit, signProof(key, { user_id: 'u1' }, '1', nowMs), 'does not name this email'],
])('a token that is %s proves nothing, and the answer says why', async (_, event, proof, why) => {
  const { standing, detail } = await told(event, proof);
  expect(standing).toBe('claimed');
  expect(detail).toContain(why);
  expect(detail).toContain('the event counts as a claim');
});

test('two keys live side by side while one replaces the other', async () => {
  for (const id of ['1', '2']) {
    const proof = signProof(proofKeyOf(secret, id), ada, id, nowMs);
    expect(await told(visit, proof, { proofKeys: ['1', '2'] })).toEqual(trusted);
  }
});

test('a stage says how much a public key’s word is worth', async () => {
  expect(await told(visit, 'no-proof', { publicClaims: 'never-link' })).toMatchObject({
    standing: 'claimed',
    types: ['user_id'],
  });
  expect(await told(visit, 'no-proof', { publicClaims: 'anybody-may-merge-customers' })).toMatchObject({
    standing: 'trusted',
  });
});

test('a server that passes on what a browser says makes no more of it than that', () => {
  const read = readInteraction(
    { type: 'identify', ...visit, context: { trust: 'public' } },
    arrival({ trust: 'server' }),
  );
  expect(read).toMatchObject({ kind: 'accepted', interaction: { standing: 'claimed', context: {} } });
  const louder = readInteraction(
    { type: 'identify', ...visit, context: { trust: 'server' } },
    arrival({ trust: 'public' }),
  );
  expect(louder).toMatchObject({ kind: 'accepted', interaction: { standing: 'claimed' } });
});
