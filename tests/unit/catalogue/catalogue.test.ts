import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { catalogueVersion, readCatalogue, strategyAt } from '#domain/catalogue/catalogue.ts';
import { itemKindNames, itemKinds } from '#domain/catalogue/item-kinds.ts';
import { catalogueAt, type PastItem } from '#domain/catalogue/stored-catalogue.ts';
import { saved, smallCatalogue } from '#support/builders/catalogue-items.ts';

test('the names of kinds are all kinds', () => {
  expect([...itemKindNames].sort()).toEqual(Object.keys(itemKinds).sort());
});

describe('a catalogue', () => {
  test('has its items parsed, with defaults', () => {
    const { offers, treatments, strategies, contactPolicies, placements, revision } = readCatalogue(
      smallCatalogue(),
      7,
    );
    expect(revision).toBe(7);
    expect(offers.get('tv')).toMatchObject({ lever: 1, kind: 'standard', purpose: 'marketing' });
    expect(treatments.get('tv-hero')).toMatchObject({ costMinor: 0, uses: [], lever: 1 });
    expect(placements.get('web/home-hero')).toMatchObject({ limit: 1 });
    expect(contactPolicies.get('week')).toMatchObject({ exemptKinds: ['transactional', 'mandatory'] });
    expect(strategies.get('everywhere')).toMatchObject({
      champion: {
        arbitration: {
          usePropensity: true,
          useContext: true,
          useLevers: true,
          usePrices: true,
          exploration: 'thompson',
        },
      },
      measuringShares: { 'no-treatment': 0 },
      holdoutShare: 0,
    });
  });

  test('knows the treatments of a placement, each once', () => {
    const twice = saved('treatments', { treatmentId: 'b', placements: ['app/start', 'web/home-hero', 'app/start'] });
    const { treatmentsOf } = readCatalogue([...smallCatalogue(), twice]);
    const ids = (placementId: string) => treatmentsOf.get(placementId)?.map(({ treatmentId }) => treatmentId);
    expect([ids('web/home-hero'), ids('app/start'), ids('web/cart')]).toEqual([['b', 'tv-hero'], ['b'], undefined]);
  });

  test('gives a placement the strategy that names it before the one for all', () => {
    const own = saved('strategies', { strategyId: 'own', placements: ['web/home-hero'] });
    const catalogue = readCatalogue([...smallCatalogue(), own]);
    expect(strategyAt(catalogue, 'web/home-hero')?.strategyId).toBe('own');
    expect(strategyAt(catalogue, 'app/start')?.strategyId).toBe('everywhere');
    expect(strategyAt(readCatalogue([own]), 'app/start')).toBeUndefined();
  });

  test('leaves out an item that does not fit its schema, and says which', () => {
    const { offers, unreadable } = readCatalogue([saved('offers'), saved('offers', { offerId: 'old', value: 3 })]);
    expect([[...offers.keys()], unreadable]).toEqual([['tv'], ['offers/old']]);
  });

  test('has one version, whatever the order of items and of their fields', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(smallCatalogue(), { minLength: 9 }), (items) => {
        const turned = items.map(({ kind, item }) => ({
          kind,
          item: Object.fromEntries(Object.entries(item).reverse()),
        }));
        expect(readCatalogue(turned).version).toBe(readCatalogue(smallCatalogue()).version);
      }),
      { numRuns: 20 },
    );
  });

  test('has another version when any field of any item differs, or one is missing', () => {
    const all = smallCatalogue();
    const versions = all.flatMap(({ kind, item }, index) => [
      catalogueVersion(all.with(index, { kind, item: { ...item, x: 1 } })),
      catalogueVersion(all.toSpliced(index, 1)),
    ]);
    expect(new Set([catalogueVersion(all), ...versions]).size).toBe(1 + 2 * all.length);
  });
});

test('the catalogue of a revision is made of the last change of each item until then', () => {
  const change = (version: number, id: string, item: PastItem['item']): PastItem => ({
    kind: 'offers',
    id,
    version,
    updatedAt: '2026-03-01T00:00:00.000Z',
    updatedBy: 'c-1',
    ...(item === undefined ? {} : { item }),
  });
  const changes = [
    change(3, 'a', undefined),
    change(1, 'a', { n: 1 }),
    change(4, 'a', { n: 4 }),
    change(2, 'b', { n: 2 }),
  ];
  const at = (revision: number) => catalogueAt(revision, changes).items.map(({ id, item }) => [id, item.n]);
  expect([0, 1, 2, 3, 4].map(at)).toEqual([
    [],
    [['a', 1]],
    [
      ['a', 1],
      ['b', 2],
    ],
    [['b', 2]],
    [
      ['a', 4],
      ['b', 2],
    ],
  ]);
});
