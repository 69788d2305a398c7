import { describe, expect, test } from 'vitest';
import { identityKeyOf } from '#adapters/secrets-manager/secret-identity-key.ts';
import { nextCluster } from '#domain/identity/cluster.ts';
import { defaultIdentifiers } from '#domain/identity/identifier-catalogue.ts';
import { identifierKey } from '#domain/identity/identifier-key.ts';
import { linkOf } from '#domain/identity/identity-graph.ts';
import { unmergeCustomer } from '#handlers/profile/unmerge-customer/unmerge-customer.ts';
import type { Identities, UnmergeRequest } from '#ports/identities.ts';
import { IdentitiesContendedError } from '#runtime/errors.ts';
import { behindApi } from '#support/behind-api.ts';
import { httpRequest, knownCaller, type RequestParts } from '#support/builders/http-request.ts';

const key = identityKeyOf('k'.repeat(64));
const keyOf = (value: string) => identifierKey('user_id', key.hash('user_id', value));
const [ada, bob] = [key.personaId('user_id', 'ada'), key.personaId('user_id', 'bob')];
const { cluster } = nextCluster(
  [],
  {
    members: new Map([
      [keyOf('ada'), { firstMs: 1 }],
      [keyOf('bob'), { firstMs: 2 }],
    ]),
    links: [linkOf(keyOf('ada'), keyOf('bob'), 3, 4)],
    cuts: [],
    shared: new Set(),
  },
  defaultIdentifiers.types,
);

async function unmerge(
  body: unknown,
  parts: RequestParts = {},
  unmerged: Identities['unmerge'] = async () => 'unmerged',
) {
  const asked: UnmergeRequest[] = [];
  const handle = behindApi(
    'unmerge-customer',
    unmergeCustomer({
      identities: {
        unmerge: (request) => {
          asked.push(request);
          return unmerged(request);
        },
        read: async () => cluster,
      },
      identityKey: async () => key,
      identifiers: defaultIdentifiers,
      now: () => 17,
    }),
  );
  const answer = await handle(httpRequest({ pathParameters: { identifier: 'user_id:ada' }, body, ...parts }));
  return { status: answer.statusCode, body: JSON.parse(answer.body), headers: answer.headers, asked };
}

describe('an unmerge', () => {
  test.each([
    ['by its identifier', { identifier: 'user_id:bob' }],
    ['by its id', { persona: bob }],
  ])('names the persona %s, and is done in the name of the credential', async (_, body) => {
    const answer = await unmerge(body);
    expect(answer.asked).toEqual([{ fromPersonaId: ada, personaId: bob, askedBy: 'c-1', nowMs: 17 }]);
    expect(answer).toMatchObject({ status: 200, body: { changed: true, customerId: ada, separatedCustomerId: bob } });
  });

  test('of customers that are apart changes nothing, and says so', async () => {
    const { status, body } = await unmerge({ persona: bob }, {}, async () => 'apart');
    expect([status, body.changed]).toEqual([200, false]);
  });

  test('of what nothing links is answered 404', async () => {
    const { status, body } = await unmerge({ persona: bob }, {}, async () => 'unknown');
    expect([status, body.error.code]).toEqual([404, 'not_linked']);
  });

  test('of a customer that keeps changing asks to be sent again', async () => {
    const { status, body, headers } = await unmerge({ persona: bob }, {}, async () => {
      throw new IdentitiesContendedError('busy');
    });
    expect([status, body.error.code, headers['retry-after']]).toEqual([503, 'identities_contended', '1']);
  });

  test.each([
    [undefined, 'malformed_json'],
    ['no json', 'malformed_json'],
    [{}, 'invalid_request'],
    [{ persona: 'bob' }, 'invalid_request'],
    [{ persona: bob, identifier: 'user_id:bob' }, 'invalid_request'],
    [{ persona: bob, because: 'a mistake' }, 'invalid_request'],
    [{ identifier: 'shoe_size:42' }, 'malformed_identifier'],
    [{ identifier: 'user_id:unknown' }, 'malformed_identifier'],
  ])('of %j is answered 400', async (body, code) => {
    const answer = await unmerge(body);
    expect([answer.status, answer.body.error.code, answer.asked]).toEqual([400, code, []]);
  });

  test('needs the scope admin', async () => {
    const { status, body } = await unmerge({ persona: bob }, { caller: knownCaller('collect read') });
    expect([status, body.error.code]).toEqual([403, 'missing_scope']);
  });
});
