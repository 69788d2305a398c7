import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Interaction } from '#domain/interaction/interaction.ts';
import { fold, personaMemory } from '#domain/profile/fold.ts';
import { encodeState } from '#domain/profile/state-codec.ts';
import { keepingOf, type NamesInUse } from '#domain/text/keeping.ts';
import { hash32 } from '#domain/text/stable-hash.ts';
import { interaction } from '#support/builders/interaction.ts';
import { seededRandom } from '#support/seeded-random.ts';

/** An interaction that names one thing in every place that has room for so many. */
function naming(name: string, index: number): Interaction {
  return interaction({
    messageId: `m-${index}`,
    occurredAt: new Date(Date.UTC(2026, 2, 10) + index * 1000).toISOString(),
    event: name,
    touchpoint: name,
    channel: name,
    groupId: name,
    context: { campaign: { name } },
    traits: { [name]: index, email: `${name}@example.com` },
    properties: { product_id: name, category: name },
  });
}

const wanted = 'Wanted';
const isInUse: NamesInUse = (_, name) => name === wanted;

function hasWanted(state: ReturnType<typeof fold>['state']): boolean[] {
  const inBuckets = (buckets: ReadonlyMap<number, ReadonlyMap<string, number>>) =>
    [...buckets.values()].every((names) => names.get(wanted) === 1);
  return [
    inBuckets(state.events),
    inBuckets(state.products),
    inBuckets(state.categories),
    ...[state.touchpoints, state.channels, state.groups, state.campaigns, state.traits].map((map) => map.has(wanted)),
  ];
}

test('a name that the catalogue asks for is kept with all its counts, whatever flood of others comes before and after it', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.string({ minLength: 1, maxLength: 8 }), { minLength: 42, maxLength: 160 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.string(),
      (names, place, personaId) => {
        const all = [...names.filter((name) => name !== wanted)];
        all.splice(Math.floor(place * all.length), 0, wanted);
        const { state } = fold(personaMemory(), all.map(naming), keepingOf(personaId, isInUse));
        expect(hasWanted(state)).not.toContain(false);
      },
    ),
    { numRuns: 300 },
  );
});

test('what is kept of a flood is the same in any order, names in use among them', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(500), { minLength: 120, maxLength: 160 }), fc.nat(), (numbers, seed) => {
      const all = [wanted, ...numbers.map((number) => `name ${number}`)].map(naming);
      const random = seededRandom(seed);
      const shuffled = all.map((one) => ({ one, at: random() })).sort((a, b) => a.at - b.at);
      const keeping = keepingOf('persona', isInUse);
      const other = fold(
        personaMemory(),
        shuffled.map(({ one }) => one),
        keeping,
      );
      expect(encodeState(other.state)).toBe(encodeState(fold(personaMemory(), all, keeping).state));
    }),
    { numRuns: 100 },
  );
});

// Names whose hash in the open order is among the smallest of a million: each drives out what an honest customer told.
const steering = Array.from({ length: 40_000 }, (_, index) => `x${index}`)
  .sort((a, b) => hash32(a) - hash32(b))
  .slice(0, 110);

test('names that are chosen by an order that anybody can work out drive no more out than as many others do', () => {
  const own = Array.from({ length: 30 }, (_, index) => `own ${index}`);
  const traitsKept = (flood: readonly string[], personaId: string) => {
    const { state } = fold(personaMemory(), [...own, ...flood].map(naming), keepingOf(personaId));
    return own.filter((name) => state.traits.has(name)).length;
  };
  const personas = Array.from({ length: 50 }, (_, index) => `persona ${index}`);
  const keptOf = (flood: readonly string[]) => personas.reduce((sum, id) => sum + traitsKept(flood, id), 0);
  const chosen = keptOf(steering);
  const others = keptOf(steering.map((_, index) => `other ${index}`));
  // 100 of 140 names stay: some 71 % of the 1,500, whatever the others are called.
  expect(Math.abs(chosen - others)).toBeLessThan(150);
  expect(chosen).toBeGreaterThan(900);
});
