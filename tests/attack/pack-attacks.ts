import type { Random } from '#scripts/world/random.ts';
import { type AttackRequest, attackNames, attackOf, type Loot } from './random-attack.ts';

/** One HTTP request with the names of the attacks that it makes. */
export interface PackedAttack extends AttackRequest {
  readonly names: readonly string[];
}

/** Events that go out together, at most; one event in so many goes alone. */
const mostTogether = 24;
const aloneOneIn = 10;

/**
 * Attacks as an attacker in a hurry sends them: most events in batches of up to two dozen, each of which the door judges by itself, the
 * others and what is no event each in a request of its own.
 */
export function* packedAttacks(count: number, random: Random, loot: Loot): Generator<PackedAttack> {
  let events: { readonly name: string; readonly event: object }[] = [];
  let size = 1;
  for (let made = 0; made < count; made++) {
    const name = random.pick(attackNames);
    const request = attackOf(name, random, loot);
    const event = eventIn(request);
    if (event === undefined || random.below(aloneOneIn) === 0) yield { ...request, names: [name] };
    else events.push({ name, event });
    if (events.length < size) continue;
    yield batchOf(events);
    events = [];
    size = 1 + random.below(mostTogether);
  }
  if (events.length > 0) yield batchOf(events);
}

function batchOf(events: readonly { readonly name: string; readonly event: object }[]): PackedAttack {
  return {
    method: 'POST',
    path: '/v1/batch',
    body: { batch: events.map(({ event }) => event) },
    names: events.map(({ name }) => name),
  };
}

/** The event that a request to the route of its type is; undefined for what is none. */
function eventIn({ path, body }: AttackRequest): object | undefined {
  const [, type] = /^\/v1\/(track|identify|page|alias)$/.exec(path) ?? [];
  return type === undefined || typeof body !== 'object' || body === null ? undefined : { type, ...body };
}
