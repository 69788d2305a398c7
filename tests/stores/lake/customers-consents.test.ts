import fc from 'fast-check';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Interaction } from '#domain/interaction/interaction.ts';
import { consentsIn } from '#domain/profile/consents.ts';
import { customerState } from '#domain/profile/customer-state.ts';
import { fold, personaMemory } from '#domain/profile/fold.ts';
import { interaction } from '#support/builders/interaction.ts';
import { landDeliveries } from '#support/lake-views.ts';
import { ask, type LocalLake, startEventLake } from '#support/local-lake.ts';

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

const noon = Date.parse('2026-03-10T12:00:00.000Z');
const customers = 400;

/** A word of consent as it comes: said by the firm's systems or a browser, or stamped by a banner, on time or late. */
const word = fc
  .record({
    by: fc.constantFrom('shop', 'call', 'browser-1', 'browser-2'),
    how: fc.constantFrom('stamp', 'stamp', 'said', 'unsubscribed'),
    category: fc.constantFrom('marketing', 'marketing:email', '*:email'),
    granted: fc.boolean(),
    minute: fc.nat(5),
    lateMinutes: fc.constantFrom(0, 0, 7),
  })
  .map(({ by, how, category, granted, minute, lateMinutes }): Interaction => {
    const isOwn = by.startsWith('browser');
    const browser = { identifiers: [{ key: `anonymous_id:${by.padEnd(32, '0')}` }], standing: 'own' as const };
    const times = {
      occurredAt: new Date(noon + minute * 60_000).toISOString(),
      receivedAt: new Date(noon + (minute + lateMinutes) * 60_000).toISOString(),
    };
    const who = isOwn ? browser : { standing: 'trusted' as const };
    const more = { ...times, ...who, touchpoint: by === 'call' ? 'call-centre' : 'web' };
    if (how === 'unsubscribed') return interaction({ ...more, event: 'Email Unsubscribed' });
    const context = { consent: { categoryPreferences: { [category]: granted } } };
    const event = how === 'said' ? 'Segment Consent Preference Updated' : 'Product Viewed';
    return interaction({ ...more, event, context });
  });

const all = fc
  .sample(fc.array(word, { minLength: 1, maxLength: 6 }), { numRuns: customers, seed: 9 })
  .map((words, index) => {
    const messages = words.map((each, place) => ({ ...each, messageId: `c${index}-${place}` }));
    const { state } = fold(personaMemory(), messages);
    return { id: `c${index}`, messages, consents: consentsIn(customerState([state])) };
  });

let lake: LocalLake;
beforeAll(async () => {
  lake = await startEventLake();
  await landDeliveries(
    lake,
    all.flatMap(({ id, messages }) => messages.map((message) => ({ persona: `${id}p`, message }))),
  );
});
afterAll(() => lake.stop());

test('v_consents has the consents of the live profile, whoever says or stamps what, on time or late', async () => {
  const { rows, reason } = await ask(
    lake,
    `SELECT customer_id, purpose || COALESCE(':' || channel, ''), is_granted, said_at FROM v_consents ORDER BY 1, 2`,
  );
  expect(reason).toBe('');
  const held = Map.groupBy(rows, ([id]) => id ?? '');
  const inLake = (id: string) => (held.get(id) ?? []).map(([, ...shown]) => shown.join(' '));
  const live = ({ consents }: (typeof all)[number]) =>
    [...consents]
      .map(([category, { granted, at }]) =>
        [category, granted, new Date(at).toISOString().slice(0, 23).replace('T', ' ')].join(' '),
      )
      .sort();
  const different = all.filter((each) => inLake(each.id).sort().join() !== live(each).join());
  expect(different.map((each) => [each.id, inLake(each.id), live(each)])).toEqual([]);
  const shapes = new Set(all.map((each) => live(each).join()));
  expect(shapes.size).toBeGreaterThan(customers / 4);
});
