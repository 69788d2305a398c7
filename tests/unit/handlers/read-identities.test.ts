import { describe, expect, test } from 'vitest';
import { identityKeyOf } from '#adapters/secrets-manager/secret-identity-key.ts';
import { dayMs } from '#domain/calendar/days.ts';
import type { Cluster } from '#domain/identity/cluster.ts';
import { nextCluster } from '#domain/identity/cluster.ts';
import { defaultIdentifiers } from '#domain/identity/identifier-catalogue.ts';
import { identifierKey } from '#domain/identity/identifier-key.ts';
import { IdentitiesView } from '#domain/identity/identities-view.ts';
import { linkOf } from '#domain/identity/identity-graph.ts';
import { fold, personaMemory } from '#domain/profile/fold.ts';
import { readIdentities } from '#handlers/profile/read-identities/read-identities.ts';
import { behindApi } from '#support/behind-api.ts';
import { httpRequest, knownCaller, type RequestParts } from '#support/builders/http-request.ts';
import { interaction } from '#support/builders/interaction.ts';
import { fakeCustomers } from '#support/fakes/fake-customers.ts';

const key = identityKeyOf('k'.repeat(64));
const keyOf = (type: string, value: string) => identifierKey(type, key.hash(type, value));
const personaOf = (type: string, value: string) => key.personaId(type, value);
const ada = personaOf('user_id', 'ada');

/** Ada with a mailbox, and Bob, whose link to it was refused. */
const made = nextCluster(
  [],
  {
    members: new Map([
      [keyOf('user_id', 'ada'), { firstMs: 2 * dayMs, value: 'ada' }],
      [keyOf('user_id', 'bob'), { firstMs: 1 * dayMs, value: 'bob' }],
      [keyOf('email', 'ada@example.org'), {}],
    ]),
    links: [
      linkOf(keyOf('user_id', 'ada'), keyOf('email', 'ada@example.org'), 3 * dayMs, 5 * dayMs),
      linkOf(keyOf('user_id', 'bob'), keyOf('email', 'ada@example.org'), 4 * dayMs, 5 * dayMs),
    ],
    cuts: [],
    shared: new Set(),
  },
  defaultIdentifiers.types,
).cluster;
const cluster: Cluster = {
  ...made,
  history: [
    { atMs: 5 * dayMs, event: { kind: 'merge', customerId: 'somebody', mergedCustomerIds: ['else'] } },
    {
      atMs: 6 * dayMs,
      event: { kind: 'cut', askedBy: 'c-9', fromPersonaId: ada, personaId: 'p', left: [], right: [] },
    },
  ],
};

async function read(identifier: string, { linked = true, ...parts }: RequestParts & { linked?: boolean } = {}) {
  const state = fold(personaMemory(), [interaction({ occurredAt: '1970-01-03T00:00:00.000Z' })]).state;
  const handle = behindApi(
    'read-identities',
    readIdentities({
      customers: fakeCustomers(ada, { states: [state] }),
      identities: { read: async () => (linked ? cluster : undefined) },
      identityKey: async () => key,
      identifiers: defaultIdentifiers,
    }),
  );
  const answer = await handle(httpRequest({ method: 'GET', pathParameters: { identifier }, ...parts }));
  return { status: answer.statusCode, body: JSON.parse(answer.body) };
}

describe('the identities of a customer', () => {
  test('are its own identifiers with what links them, and not those of others in the cluster', async () => {
    const { status, body } = await read('user_id:ada');
    expect([status, IdentitiesView.parse(body)]).toEqual([200, body]);
    expect(body.customerId).toBe(ada);
    expect(body.identifiers).toEqual([
      {
        type: 'email',
        hash: key.hash('email', 'ada@example.org'),
        personaId: personaOf('email', 'ada@example.org'),
        firstSeenAt: '1970-01-04T00:00:00.000Z',
        isShared: false,
      },
      {
        type: 'user_id',
        hash: key.hash('user_id', 'ada'),
        value: 'ada',
        personaId: ada,
        firstSeenAt: '1970-01-03T00:00:00.000Z',
        isShared: false,
      },
    ]);
    expect(body.personas).toEqual([{ personaId: ada, firstSeenAt: '1970-01-03T00:00:00.000Z' }]);
    expect(body.links).toHaveLength(2);
  });

  test('have the history that is about it, the latest first', async () => {
    const { body } = await read('user_id:ada');
    expect(body.history).toMatchObject([{ at: '1970-01-07T00:00:00.000Z', kind: 'cut', askedBy: 'c-9' }]);
  });

  test('that nothing links are the one that was asked for', async () => {
    const { body } = await read('user_id:ada', { linked: false });
    expect(body.identifiers).toMatchObject([{ type: 'user_id', value: 'ada', personaId: ada }]);
    expect([body.links, body.history]).toEqual([[], []]);
  });

  test('of nobody are answered 404', async () => {
    const { status, body } = await read('user_id:nemo');
    expect([status, body.error.code]).toEqual([404, 'unknown_customer']);
  });

  test('need the scope read', async () => {
    expect((await read('user_id:ada', { caller: knownCaller('collect') })).status).toBe(403);
  });
});
