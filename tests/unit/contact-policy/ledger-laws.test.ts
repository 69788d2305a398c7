import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { dayMs } from '#domain/calendar/days.ts';
import { boundedLedger } from '#domain/contact-policy/bounded-ledger.ts';
import { contactCheck } from '#domain/contact-policy/contact-check.ts';
import {
  type Contact,
  type ContactLedger,
  emptyLedger,
  withContacts,
  withoutDecision,
} from '#domain/contact-policy/contact-ledger.ts';
import type { ContactPolicy } from '#domain/contact-policy/contact-policy.ts';
import { decodeLedger, encodeLedger } from '#domain/contact-policy/ledger-codec.ts';
import { regroupLedgers } from '#domain/contact-policy/regroup-ledgers.ts';
import { candidate, policy } from '#support/builders/contact.ts';
import { aloneLedgers, anyContact, anyGrouping, personaIds } from '#support/generators/any-ledgers.ts';
import { sizeOf } from '#support/size-of.ts';

vi.setConfig({ testTimeout: 240_000 });

const runs = { numRuns: sizeOf({ part: 300, whole: 2000 }) };
const anyContacts = () => fc.array(anyContact(), { maxLength: 40 });
/** Texts of the ledgers that count anybody. */
const texts = (ledgers: ReadonlyMap<string, ContactLedger>) =>
  [...ledgers].flatMap(([id, ledger]) => (ledger.personas.length > 0 ? [`${id} ${encodeLedger(ledger)}`] : [])).sort();

describe('regrouping ledgers', () => {
  test('through any merges and unmerges gives what the last grouping alone gives', () => {
    fc.assert(
      fc.property(anyContacts(), fc.array(anyGrouping(), { maxLength: 6 }), anyGrouping(), (contacts, path, last) => {
        const alone = aloneLedgers(contacts);
        const walked = [...path, last].reduce((ledgers, grouping) => regroupLedgers(ledgers, grouping), alone);
        expect(texts(walked)).toEqual(texts(regroupLedgers(alone, last)));
      }),
      runs,
    );
  });

  test('and unmerging all gives back what was never merged, with contacts made meanwhile', () => {
    fc.assert(
      fc.property(anyContacts(), anyContacts(), anyGrouping(), (before, during, grouping) => {
        const merged = regroupLedgers(aloneLedgers(before), grouping);
        for (const contact of during) {
          const customerId = grouping.get(contact.personaId) ?? '';
          merged.set(customerId, withContacts(merged.get(customerId) ?? emptyLedger([]), [contact]));
        }
        const alone = new Map(personaIds.map((personaId) => [personaId, personaId]));
        expect(texts(regroupLedgers(merged, alone))).toEqual(texts(aloneLedgers([...before, ...during])));
      }),
      runs,
    );
  });

  test('answers an empty ledger for a customer that lost all personas, which takes no contact', () => {
    const [contact] = fc.sample(anyContact(), 1);
    const regrouped = regroupLedgers(aloneLedgers([]), new Map([['p2', 'p1']]));
    expect(regrouped.get('p1')?.personas).toEqual(['p1', 'p2']);
    expect(regrouped.get('p2')).toEqual(emptyLedger([]));
    expect(() => withContacts(emptyLedger([]), contact === undefined ? [] : [contact])).toThrow(RangeError);
  });
});

describe('adding contacts', () => {
  test('in any order and any often gives the same text, which reads back', () => {
    fc.assert(
      fc.property(
        anyContacts().chain((contacts) =>
          fc.tuple(fc.constant(contacts), fc.shuffledSubarray(contacts, { minLength: contacts.length })),
        ),
        ([contacts, shuffled]) => {
          const ledger = withContacts(emptyLedger(personaIds), contacts);
          const again = shuffled.reduce((sofar, one) => withContacts(sofar, [one, one]), emptyLedger(personaIds));
          expect(encodeLedger(again)).toBe(encodeLedger(ledger));
          expect(decodeLedger(encodeLedger(ledger))).toEqual(ledger);
        },
      ),
      runs,
    );
  });

  test('under a check never lets any window have more than the cap, whatever clocks say', () => {
    const capped = [
      policy({
        caps: [
          { per: 'total', most: 3, windowDays: 7 },
          { per: 'channel', most: 2, windowDays: 3 },
        ],
        exemptKinds: [],
      }),
    ];
    fc.assert(
      fc.property(fc.array(anyContact(), { maxLength: 60 }), (attempts) => {
        const ledger = attempts.reduce(
          (sofar, one) => (blocks(capped, sofar, one, one.atMs) === undefined ? withContacts(sofar, [one]) : sofar),
          emptyLedger(personaIds),
        );
        expect(mostInWindow(ledger.contacts, 7)).toBeLessThanOrEqual(3);
        for (const channel of ['c0', 'c1', 'c2']) {
          const ofChannel = ledger.contacts.filter((contact) => contact.channel === channel);
          expect(mostInWindow(ofChannel, 3)).toBeLessThanOrEqual(2);
        }
      }),
      runs,
    );
  });
});

test('starting over leaves out the decision’s own contacts and no others', () => {
  fc.assert(
    fc.property(anyContacts(), anyContacts(), (others, own) => {
      const before = others.map((contact) => ({ ...contact, decisionId: `other ${contact.decisionId}` }));
      const ledger = withContacts(emptyLedger(personaIds), before);
      const counted = withContacts(
        ledger,
        own.map((contact) => ({ ...contact, decisionId: 'own' })),
      );
      expect(withoutDecision(counted, 'own')).toEqual(ledger);
    }),
    runs,
  );
});

describe('dropping what caps cannot ask for', () => {
  const anyPolicies = () =>
    fc
      .array(
        fc.record({
          per: fc.constantFrom('total', 'channel', 'group', 'offer', 'treatment' as const),
          most: fc.nat({ max: 4 }),
          windowDays: fc.integer({ min: 1, max: 40 }),
          directions: fc.constantFrom(['inbound'], ['outbound'], ['inbound', 'outbound'] as const),
        }),
        { minLength: 1, maxLength: 4 },
      )
      .map((caps) => [policy({ caps: caps.map((cap) => ({ ...cap, directions: [...cap.directions] })) as never })]);

  test('at any times and between any merges changes no answer', () => {
    fc.assert(
      fc.property(
        anyContacts(),
        anyPolicies(),
        anyGrouping(),
        anyGrouping(),
        anyContact(),
        (contacts, policies, first, second, asked) => {
          const nowMs = 60 * dayMs;
          const bounded = (ledgers: ReadonlyMap<string, ContactLedger>) =>
            new Map([...ledgers].map(([id, ledger]) => [id, boundedLedger(ledger, policies, nowMs)]));
          const all = [first, second].reduce(regroupLedgers, aloneLedgers(contacts));
          const dropped = [first, second].reduce(
            (ledgers, grouping) => bounded(regroupLedgers(ledgers, grouping)),
            bounded(aloneLedgers(contacts)),
          );
          for (const [customerId, ledger] of all) {
            const kept = dropped.get(customerId) ?? emptyLedger([]);
            expect(blocks(policies, kept, asked, nowMs)?.untilMs).toBe(blocks(policies, ledger, asked, nowMs)?.untilMs);
          }
        },
      ),
      runs,
    );
  });

  test('keeps a ledger of a heavy visitor small', () => {
    const policies = [policy({ caps: [{ per: 'total', most: 2, windowDays: 7, directions: ['outbound'] }] })];
    const visits = Array.from({ length: 5000 }, (_, index) => ({
      ...candidate({ direction: 'inbound' as const, channel: 'web' }),
      atMs: index * 60_000,
      personaId: 'p1',
      decisionId: `d${index}`,
    }));
    const ledger = boundedLedger(withContacts(emptyLedger(['p1']), visits), policies, 5000 * 60_000);
    expect(ledger.contacts.map(({ decisionId }) => decisionId)).toEqual(
      Array.from({ length: 16 }, (_, index) => `d${4984 + index}`),
    );
  });

  test('keeps of what a cap counts its newest, as many as it allows', () => {
    const visits = Array.from({ length: 500 }, (_, index) => ({
      ...candidate(),
      atMs: index * 60_000,
      personaId: 'p1',
      decisionId: `d${index}`,
    }));
    const policies = [policy({ caps: [{ per: 'total', most: 40, windowDays: 7 }] })];
    const { contacts } = boundedLedger(withContacts(emptyLedger(['p1']), visits), policies, 500 * 60_000);
    expect(contacts).toEqual(visits.slice(-40));
  });

  test('forgets what a cap counted when its window is over, with a day for clocks that differ', () => {
    const ledger = withContacts(emptyLedger(['p1']), [{ ...candidate(), atMs: 0, personaId: 'p1', decisionId: 'd' }]);
    const policies = [policy({ caps: [{ per: 'total', most: 1, windowDays: 60 }] })];
    expect(boundedLedger(ledger, policies, 61 * dayMs - 1).contacts).toHaveLength(1);
    expect(boundedLedger(ledger, policies, 61 * dayMs).contacts).toHaveLength(0);
  });

  test('forgets the spare ones after 30 days', () => {
    const ledger = withContacts(emptyLedger(['p1']), [{ ...candidate(), atMs: 0, personaId: 'p1', decisionId: 'd' }]);
    expect(boundedLedger(ledger, [], 30 * dayMs).contacts).toHaveLength(1);
    expect(boundedLedger(ledger, [], 32 * dayMs).contacts).toHaveLength(0);
  });
});

function blocks(policies: readonly ContactPolicy[], ledger: ContactLedger, contact: Contact, nowMs: number) {
  return contactCheck({ policies, ledger, responses: [], nowMs, zone: 'UTC' })(contact);
}

function mostInWindow(contacts: readonly Contact[], days: number): number {
  const counts = contacts.map(
    (first) => contacts.filter(({ atMs }) => atMs >= first.atMs && atMs < first.atMs + days * dayMs).length,
  );
  return Math.max(0, ...counts);
}
