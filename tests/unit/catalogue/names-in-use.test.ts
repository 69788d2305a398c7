import { expect, test } from 'vitest';
import { readCatalogue } from '#domain/catalogue/catalogue.ts';
import { namesInUse } from '#domain/catalogue/names-in-use.ts';
import { saved } from '#support/builders/catalogue-items.ts';

const inUse = (rule: string) => namesInUse(readCatalogue([saved('segments', { rule })]));

test.each([
  ['count_since("Order Completed", 30) >= 2', 'events', 'Order Completed'],
  ['days_since("Price \\u0041lert") > 3', 'events', 'Price Alert'],
  ['profile.sessions > 1 && !(days_since("Left") < 3)', 'events', 'Left'],
  ['profile.traits.plan == "gold"', 'traits', 'plan'],
  ['profile.traits["größe"].hut == "L"', 'traits', 'größe'],
  ['profile.personal.age > 18.0', 'traits', 'age'],
  ['"vip" in profile.traits.tags', 'traits', 'tags'],
  ['timestamp(profile.traits.renewal) > timestamp("2026-01-01")', 'traits', 'renewal'],
  ['"email" in profile.channels', 'channels', 'email'],
  ['has(profile.touchpoints.web)', 'touchpoints', 'web'],
  ['profile.campaigns["spring"] > 1', 'campaigns', 'spring'],
  ['profile.products["sku-1"] > 1', 'products', 'sku-1'],
  ['profile.categories.shoes > 1', 'categories', 'shoes'],
  ['profile.purchases.EUR.orders > 1', 'currencies', 'EUR'],
  ['sum_since("Order Completed", 30, "CHF") > 100', 'currencies', 'CHF'],
  ['"SEK" in profile.purchases', 'currencies', 'SEK'],
] as const)('a rule %s asks for the %s %s', (rule, kind, name) => {
  expect(inUse(rule)(kind, name)).toBe(true);
  expect(inUse('profile.orders > 1')(kind, name)).toBe(false);
});

test('every kind of item that has rules asks: groups, offers and their values, treatments and their weights', () => {
  const names = namesInUse(
    readCatalogue([
      saved('offer-groups', { eligible: 'profile.traits.of_group == 1.0' }),
      saved('offers', {
        suitable: 'profile.traits.of_offer == 1.0',
        value: { rule: 'double(profile.traits.of_value)', currency: 'EUR' },
      }),
      saved('treatments', {
        applicable: 'profile.traits.of_treatment == 1.0',
        contextWeight: 'double(profile.traits.of_weight)',
      }),
    ]),
  );
  const asked = ['of_group', 'of_offer', 'of_value', 'of_treatment', 'of_weight', 'of_nobody'];
  expect(asked.filter((name) => names('traits', name))).toEqual(asked.slice(0, -1));
});

test('offers ask for the consent to their purpose, on each channel of a treatment', () => {
  const names = namesInUse(
    readCatalogue([saved('offers', { purpose: 'sport' }), saved('treatments', { channel: 'email' })]),
  );
  expect(['sport', 'sport:email', 'sport:sms', 'marketing'].map((name) => names('consents', name))).toEqual([
    true,
    true,
    false,
    false,
  ]);
});

test('dispositions of the catalogue’s treatments are asked for, of others not', () => {
  const names = namesInUse(readCatalogue([saved('treatments')]));
  expect(names('responses', 'clicked|tv-hero|tv|cross-sell|web')).toBe(true);
  expect(names('responses', 'clicked|of-before|tv|cross-sell|web')).toBe(false);
});

test('a rule that can’t be read asks for nothing', () => {
  expect(inUse('profile.traits.plan ==')('traits', 'plan')).toBe(false);
});
