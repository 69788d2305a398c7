import { createHash } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import { describe, expect, test, vi } from 'vitest';
import type { Interaction } from '#domain/interaction/interaction.ts';
import { decodeDay, encodeDay } from '#domain/profile/day-codec.ts';
import { fold, personaMemory } from '#domain/profile/fold.ts';
import { decodeOrder } from '#domain/profile/order-codec.ts';
import { decodeState, encodeState } from '#domain/profile/state-codec.ts';
import { interaction, purchase } from '#support/builders/interaction.ts';

vi.setConfig({ testTimeout: 240_000 });

const bytes = (text: string) => Buffer.byteLength(text);
const deflated = (text: string) => deflateRawSync(text).length;

// Mulberry32: hard to compress, but the same in every run.
let seed = 1;
const pool = Array.from({ length: 1_100_000 }, () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return String.fromCharCode(33 + (((mixed ^ (mixed >>> 14)) >>> 0) % 90));
}).join('');
const noise = (index: number, length: number) => pool.slice(index * 101, index * 101 + length);

const uuid = (index: number) =>
  Buffer.from(noise(index, 16))
    .toString('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');

describe('a typical customer, 30 events on five days with three orders, five traits and three other identifiers,', () => {
  const identifier = (type: string) => ({ key: `${type}:${createHash('md5').update(type).digest('hex')}` });
  const [user, browser] = [identifier('user_id'), identifier('anonymous_id')];
  const time = (index: number) => new Date(Date.UTC(2026, 2, 1 + (index % 5), 9, index * 7, 3, index)).toISOString();
  const browsing = Array.from({ length: 26 }, (_, index) =>
    interaction({
      messageId: uuid(index),
      occurredAt: time(index),
      channel: 'browser',
      identifiers: [user, browser],
      properties: { product_id: `sku-${1000 + (index % 9)}`, category: ['Shoes', 'Shirts', 'Books'][index % 3] },
      ...(index < 3 ? { context: { campaign: { name: 'spring-sale' } } } : {}),
    }),
  );
  const orders = [26, 27, 28].map((index) =>
    purchase(`order-${index}`, index, { messageId: uuid(index), occurredAt: time(index), channel: 'browser' }),
  );
  const traits = { email: 'ada@example.com', firstName: 'Ada', plan: 'gold', newsletter: true, points: 1200 };
  const identify = interaction({
    type: 'identify',
    messageId: uuid(29),
    occurredAt: time(29),
    identifiers: [user, identifier('email'), identifier('phone'), browser],
    traits,
  });
  const { state, days } = fold(personaMemory(), [...browsing, ...orders, identify]);

  test('has a state of less than 1 KB deflated', () => {
    const text = encodeState(state);
    console.info(`state: ${bytes(text)} bytes, ${deflated(text)} deflated`);
    expect(deflated(text)).toBeLessThan(1024);
  });

  test('has one of less than 1 KB when all that is told of it was claimed by its browser', () => {
    const claimed = [...browsing, ...orders, identify].map((one) => ({ ...one, standing: 'claimed' as const }));
    const text = encodeState(fold(personaMemory(), claimed).state);
    console.info(`state of claims: ${bytes(text)} bytes, ${deflated(text)} deflated`);
    expect(deflated(text)).toBeLessThan(1024);
  });

  test('has day records of less than 1 KB deflated', () => {
    const sizes = [...days.values()].map((day) => deflated(encodeDay(day)));
    console.info(`days of six events: ${sizes.join(', ')} bytes deflated`);
    expect(Math.max(...sizes)).toBeLessThan(1024);
  });
});

test('the fold takes less than thirty times what parsing its interactions takes', () => {
  const all = Array.from({ length: 5000 }, (_, index) =>
    purchase(`order-${index}`, index, {
      messageId: uuid(index),
      occurredAt: new Date(Date.UTC(2026, 0, 1) + index * 600_000).toISOString(),
      traits: { points: index },
      properties: { product_id: `sku-${index % 50}`, category: `category ${index % 7}` },
    }),
  );
  // 20,000 a second on a machine that parses 600,000; of another one, or a busy one, both are the same part.
  const text = JSON.stringify(all);
  // The best of several, in turn: other tests run at the same time, and take from both alike.
  const rounds = [1, 2, 3, 4, 5].map(() => ({
    folding: userMs(() => fold(personaMemory(), all)),
    reading: userMs(() => JSON.parse(text)),
  }));
  const folding = Math.min(...rounds.map((round) => round.folding));
  const reading = Math.min(...rounds.map((round) => round.reading));
  console.info(
    `fold: ${Math.round(5_000_000 / folding)} interactions a second, ${(folding / reading).toFixed(1)} times their reading`,
  );
  expect(folding / reading).toBeLessThan(30);
});

/** Milliseconds of computing that a piece of work takes. */
function userMs(work: () => unknown): number {
  const start = process.cpuUsage();
  work();
  return process.cpuUsage(start).user / 1000;
}

describe('10,000 adversarial interactions', () => {
  const hostile = (index: number): Interaction =>
    purchase(noise(index, 200), 9_999_999_999, {
      messageId: noise(index, 128),
      occurredAt: new Date(Date.UTC(2026, index % 12, 1 + (index % 28), index % 24)).toISOString(),
      touchpoint: noise(index, 300),
      channel: noise(index + 1, 300),
      groupId: noise(index + 2, 300),
      traits: {
        [`email${' '.repeat(index % 100)}`]: noise(index, 1000),
        [noise(index, 500)]: noise(index, 1000),
        [`${noise(index, 9)}"\n靴`]: '"'.repeat(511),
      },
      context: { campaign: { name: `\u0000${noise(index, 500)}` } },
      properties: {
        currency: [index % 26, index % 25, index % 23].map((letter) => String.fromCharCode(65 + letter)).join(''),
        products: [1, 2, 3].map((offset) => ({
          product_id: noise(index + offset, 200),
          category: `靴${noise(index + offset, 199)}`,
        })),
      },
    });
  const all = Array.from({ length: 10_000 }, (_, index) => hostile(index));

  test('leave a state that an item of DynamoDB (400 KB) holds, with a third of it to spare', () => {
    const text = encodeState(fold(personaMemory(), all).state);
    console.info(`hostile state: ${bytes(text)} bytes, ${deflated(text)} deflated`);
    expect(bytes(text)).toBeLessThan(256_000);
    expect(encodeState(decodeState(text))).toBe(text);
  });

  test('of one day leave a day record that an item holds', () => {
    const today = all.map((one, index) => ({
      ...one,
      occurredAt: new Date(Date.UTC(2026, 0, 1) + index).toISOString(),
    }));
    const [record] = fold(personaMemory(), today).days.values();
    const text = encodeDay(record ?? { entries: new Map(), older: new Set(), slots: 0 });
    console.info(`hostile day: ${bytes(text)} bytes, ${deflated(text)} deflated`);
    expect(deflated(text)).toBeLessThan(200_000);
    expect(encodeDay(decodeDay(text))).toBe(text);
  });
});

describe('reading back', () => {
  test.each([
    ['a state', decodeState],
    ['a day', decodeDay],
    ['an order', decodeOrder],
  ])('%s refuses what is none', (_, decode) => {
    expect(() => decode('{}')).toThrow();
    expect(() => decode('[')).toThrow();
  });

  test.each([
    ['a state', decodeState],
    ['a day', decodeDay],
  ])('%s refuses another schema', (_, decode) => {
    expect(() => decode(encodeState(personaMemory().state).replace('"schema":1', '"schema":2'))).toThrow(/schema/);
  });
});
