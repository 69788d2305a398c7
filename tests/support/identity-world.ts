import { dynamoCustomers } from '#adapters/customers-table/dynamo-customers.ts';
import { dynamoIdentities } from '#adapters/customers-table/dynamo-identities.ts';
import { dynamoPersonas } from '#adapters/customers-table/dynamo-personas.ts';
import { identityKeyOf } from '#adapters/secrets-manager/secret-identity-key.ts';
import type { Trust } from '#domain/credential/trust.ts';
import { type IdentifierSettings, readIdentifierCatalogue } from '#domain/identity/identifier-catalogue.ts';
import { type Profile, readProfile } from '#domain/profile/read-profile.ts';
import type { Touchpoint } from '#domain/vocabulary/touchpoint.ts';
import { collectInteractions } from '#handlers/collect/collect-interactions/collect-interactions.ts';
import { gather } from '#runtime/gather.ts';
import { queueHandler } from '#runtime/queue.ts';
import { behindApi } from '#support/behind-api.ts';
import { httpRequest } from '#support/builders/http-request.ts';
import { FakeArrivals } from '#support/fakes/fake-arrivals.ts';
import { FakeBus } from '#support/fakes/fake-bus.ts';
import { credential, fakeCredentials } from '#support/fakes/fake-credentials.ts';
import { freeAllowances } from '#support/fakes/free-allowances.ts';
import { updateProfiles } from '#use-cases/profile/update-profiles.ts';
import { directDynamoDb } from './direct-dynamodb.ts';
import { startTestTable } from './local-dynamodb.ts';

type Message = Readonly<Record<string, unknown>>;

/** How rough a delivery is. */
export interface Delivery {
  /** Gives numbers from 0 to 1. */
  readonly random: () => number;
  /** Share of calls to DynamoDB before or after which a function dies. */
  readonly crashes?: number;
  /** Share of messages that are delivered twice. */
  readonly repeats?: number;
  /** Functions at work at once. */
  readonly width?: number;
  /** Messages that a function gets at once. */
  readonly batch?: number;
}

/** A customer as the table has it. */
export interface FoundCustomer {
  readonly customerId: string;
  readonly personas: number;
  readonly profile: Profile;
}

/** The real collect and update handlers and adapters on a table in memory: what is sent reaches customers, or a function dies. */
export async function startIdentityWorld(settings: IdentifierSettings = {}) {
  const read = readIdentifierCatalogue(settings);
  if (read.kind === 'invalid') throw new Error(read.faults.join('; '));
  const { catalogue } = read;
  const table = await startTestTable();
  const client = directDynamoDb(table.service);
  const key = identityKeyOf('k'.repeat(64));
  let nowMs = Date.UTC(2026, 5, 1);
  const bus = new FakeBus();
  let crash: { readonly random: () => number; readonly share: number } | undefined;
  let crashed = 0;
  // Outside the SDK's own retries: a dead function tries nothing again.
  client.middlewareStack.add(
    (next) => async (args) => {
      const at = crash === undefined ? 1 : crash.random() / crash.share;
      if (at < 0.5) throw died();
      const answer = await next(args);
      if (at < 1) throw died();
      return answer;
    },
    { step: 'initialize', name: 'crash' },
  );
  function died(): Error {
    crashed++;
    return new Error('The function died');
  }

  const pause = () => new Promise<void>((resolve) => setImmediate(resolve));
  const identities = dynamoIdentities(client, table.name, catalogue.types, pause);
  const update = queueHandler(
    updateProfiles({
      personas: dynamoPersonas(client, table.name),
      namesInUse: async () => () => false,
      identities,
      now: () => nowMs,
      pause,
    }),
  );
  const customers = dynamoCustomers(client, table.name);
  let ids = 0;

  return {
    client,
    identities,
    crashed: () => crashed,

    /** Sends messages of a touchpoint through the door: one request. */
    async send(touchpoint: Touchpoint, messages: readonly Message[], trust: Trust = 'server'): Promise<void> {
      const collect = behindApi(
        'collect-interactions',
        collectInteractions({
          credentials: fakeCredentials({ key: credential({ touchpoint, trust }) }),
          allowances: freeAllowances,
          arrivals: new FakeArrivals(),
          bus,
          identityKey: async () => key,
          onRejected: () => {},
          onUnsealed: () => {},
          sealer: async () => undefined,
          identifiers: catalogue,
          usualCurrency: 'USD',
          now: () => nowMs,
          newId: () => `id-${ids++}`,
        }),
      );
      const body = { batch: messages };
      const answer = await collect(httpRequest({ path: '/v1/batch', headers: { 'x-write-key': 'key' }, body }));
      const { rejected } = JSON.parse(answer.body);
      if (rejected !== 0) throw new Error(`Refused: ${answer.body.slice(0, 500)}`);
    },

    /** Lets time pass, so that what is sent next arrives later. */
    wait(ms: number): void {
      nowMs += ms;
    },

    /** Delivers what is on the bus, in any order, until everything is done. */
    async deliver({ random, crashes = 0, repeats = 0, width = 4, batch = 10 }: Delivery): Promise<void> {
      const entries = bus.entries.splice(0).map(({ detailType, detail }, index) => ({
        messageId: `m${index}`,
        body: JSON.stringify({ 'detail-type': detailType, detail: JSON.parse(detail) }),
      }));
      const twice = entries
        .filter(() => random() < repeats)
        .map((entry) => ({ ...entry, messageId: `${entry.messageId}b` }));
      let left = shuffled([...entries, ...twice], random);
      for (let round = 1; left.length > 0; round++) {
        if (round > 200) throw new Error(`${left.length} messages are not done after ${round} rounds`);
        crash = crashes === 0 ? undefined : { random, share: crashes };
        const batches = Array.from({ length: Math.ceil(left.length / batch) }, (_, at) =>
          left.slice(at * batch, (at + 1) * batch),
        );
        const undone = await gather(batches, width, async (Records) => {
          const { batchItemFailures } = await update({ Records });
          // A function that dies finishes nothing: all that it had comes again.
          return crash !== undefined && batchItemFailures.length > 0
            ? Records
            : Records.filter(({ messageId }) =>
                batchItemFailures.some(({ itemIdentifier }) => itemIdentifier === messageId),
              );
        });
        left = shuffled(undone.flat(), random);
      }
      crash = undefined;
    },

    /** The customer that an identifier names. */
    async customer(type: string, value: string): Promise<FoundCustomer | undefined> {
      const found = await customers.customer(key.personaId(type, value));
      if (found === undefined) return undefined;
      const states = found.personas.map(({ state }) => state);
      return { customerId: found.customerId, personas: states.length, profile: readProfile(states, new Date(nowMs)) };
    },

    personaId: (type: string, value: string) => key.personaId(type, value),

    async [Symbol.asyncDispose]() {
      await table[Symbol.asyncDispose]();
    },
  };
}

/** A copy in random order (Fisher and Yates). */
export function shuffled<Element>(elements: readonly Element[], random: () => number): Element[] {
  const copy = [...elements];
  for (let at = copy.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    [copy[at], copy[other]] = [copy[other] as Element, copy[at] as Element];
  }
  return copy;
}
