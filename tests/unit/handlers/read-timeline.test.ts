import { describe, expect, test } from 'vitest';
import { identityKeyOf } from '#adapters/secrets-manager/secret-identity-key.ts';
import type { Contact } from '#domain/contact-policy/contact-ledger.ts';
import type { DispositionDetails } from '#domain/disposition/disposition-details.ts';
import { defaultIdentifiers } from '#domain/identity/identifier-catalogue.ts';
import type { TimelineEntry } from '#domain/profile/day-record.ts';
import { readTimeline } from '#handlers/profile/read-timeline/read-timeline.ts';
import { behindApi } from '#support/behind-api.ts';
import { httpRequest, knownCaller } from '#support/builders/http-request.ts';
import { FakeLake, fakeCustomers, timelineEntry } from '#support/fakes/fake-customers.ts';

const identityKey = identityKeyOf('k'.repeat(64));
const customerId = identityKey.personaId('user_id', 'u');
const now = Date.UTC(2026, 2, 31, 12);
// 34 whole days before now's: what is older may have left the live table.
const horizon = Date.UTC(2026, 1, 25);

interface More {
  readonly lake?: ConstructorParameters<typeof FakeLake>[1];
  readonly contacts?: readonly Contact[];
  readonly details?: ReadonlyMap<string, DispositionDetails>;
}

function scene(kept: readonly TimelineEntry[], older: readonly TimelineEntry[] = [], more: More = {}) {
  const lake = new FakeLake(older, more.lake);
  const customers = fakeCustomers(customerId, { kept, contacts: more.contacts ?? [] });
  const handle = behindApi(
    'read-timeline',
    readTimeline({
      customers,
      dispositions: { detailsOf: async () => more.details ?? new Map() },
      lake,
      identityKey: async () => identityKey,
      identifiers: defaultIdentifiers,
      now: () => now,
    }),
  );
  async function page(query: Record<string, string> = {}, identifier = 'user_id:u', caller = knownCaller()) {
    const request = httpRequest({ method: 'GET', pathParameters: { identifier }, query, caller });
    const { statusCode, body } = await handle(request);
    return { status: statusCode, body: JSON.parse(body) };
  }
  return {
    lake,
    page,
    /** Follows the cursors to the end. */
    async pages(limit: number) {
      const found: string[][] = [];
      for (let cursor: string | null = ''; cursor !== null && found.length < 50; ) {
        const { body } = await page({ limit: String(limit), ...(cursor === '' ? {} : { cursor }) });
        found.push(body.interactions.map(({ messageId }: { messageId: string }) => messageId));
        cursor = body.nextCursor;
      }
      return found;
    },
  };
}

const at = (time: number, messageId: string) => timelineEntry(messageId, new Date(time).toISOString());
const recent = [at(now - 1000, 'r1'), at(now - 2000, 'r2'), at(now - 3000, 'r3')];

describe('a recent page', () => {
  test('shows the newest first and does not ask the lake', async () => {
    const { page, lake } = scene([...recent].reverse());
    const { status, body } = await page();
    expect(status).toBe(200);
    expect(body.customerId).toBe(customerId);
    expect(body.interactions.map(({ messageId }: { messageId: string }) => messageId)).toEqual(['r1', 'r2', 'r3']);
    expect(lake.asked).toEqual([]);
  });

  test('shows an interaction with its label as event and its purchase', async () => {
    const purchase = { orderId: 'o-1', currency: 'EUR', revenueMinor: 1250 };
    const { page } = scene([timelineEntry('m', '2026-03-31T10:00:00Z', { label: 'Order Completed', purchase })]);
    expect((await page()).body.interactions).toEqual([
      {
        messageId: 'm',
        occurredAt: '2026-03-31T10:00:00.000Z',
        type: 'track',
        touchpoint: 'web',
        event: 'Order Completed',
        purchase,
      },
    ]);
  });

  test('ends at the horizon even when older days are kept', async () => {
    const { page, lake } = scene([at(horizon, 'in'), at(horizon - 1, 'out')]);
    const { body } = await page();
    expect(body.interactions.map(({ messageId }: { messageId: string }) => messageId)).toEqual(['in']);
    expect(body.nextCursor).not.toBeNull();
    expect(lake.asked).toEqual([]);
  });
});

describe('an older page', () => {
  test('comes from the lake and from what is still kept, each interaction once', async () => {
    const late = at(horizon - 1000, 'late');
    const { page } = scene([late], [late, at(horizon - 2000, 'old')]);
    const { body } = await page();
    expect(body.interactions.map(({ messageId }: { messageId: string }) => messageId)).toEqual(['late', 'old']);
    expect(body.nextCursor).toBeNull();
  });

  test('asks the lake of all the customer’s personas for one more than the page', async () => {
    const { page, lake } = scene([], [at(horizon - 1, 'old')]);
    await page({ limit: '7' });
    expect(lake.asked).toMatchObject([{ personaIds: ['persona-0'], limit: 8 }]);
  });

  test('without entries has no next', async () => {
    expect((await scene([]).page()).body).toMatchObject({ interactions: [], nextCursor: null });
  });
});

describe('a disposition', () => {
  const decisionId = '019cad2f-0000-7000-8000-000000000001';
  const messageId = `disposition:${decisionId}:tv-hero:call-back`;
  const named = { decisionId, treatmentId: 'tv-hero', disposition: 'call-back' };

  test('says what it was of and what was told with it, and does not ask the lake', async () => {
    const details = { reason: 'no-time', callBackAt: '2026-04-02T09:00:00.000Z' };
    const entry = timelineEntry(messageId, '2026-03-31T10:00:00Z', { label: 'Disposition Captured' });
    const { page, lake } = scene([entry], [], { details: new Map([[messageId, details]]) });
    expect((await page()).body.interactions).toMatchObject([{ messageId, disposition: { ...named, ...details } }]);
    expect([lake.asked, lake.spans]).toEqual([[], []]);
  });

  test('of which no details are kept says what it was of', async () => {
    const entry = timelineEntry(messageId, '2026-03-31T10:00:00Z', { label: 'Disposition Captured' });
    expect((await scene([entry]).page()).body.interactions[0].disposition).toEqual(named);
  });

  test('is none that only has the id of one', async () => {
    const entry = timelineEntry(messageId, '2026-03-31T10:00:00Z');
    expect((await scene([entry]).page()).body.interactions[0]).not.toHaveProperty('disposition');
  });
});

describe('a page that includes', () => {
  const shown = { treatmentId: 'tv-hero', offerId: 'tv', channel: 'web' };
  const decision = (decisionId: string, atMs: number) => ({ decisionId, at: atMs, treatments: [shown] });
  const contact = (decisionId: string, atMs: number): Contact => ({
    ...{ ...shown, decisionId, atMs, personaId: 'persona-0' },
    ...{ group: 'tv', direction: 'inbound', kind: 'standard' },
  });

  test('properties has those of its interactions that have landed', async () => {
    const { page, lake } = scene(recent, [], { lake: { properties: { r2: { query: 'shoes' } } } });
    const { body } = await page({ include: 'properties' });
    const properties = body.interactions.map((each: { properties?: object }) => each.properties);
    expect(properties).toEqual([undefined, { query: 'shoes' }, undefined]);
    expect(body).not.toHaveProperty('decisions');
    expect(lake.spans).toMatchObject([{ personaIds: ['persona-0'], fromMs: now - 3000 }]);
  });

  test('decisions has those of its time once, from the ledger at once and from the lake', async () => {
    const { page } = scene(recent, [], {
      contacts: [contact('new', now - 500), contact('both', now - 1500), contact('older', horizon)],
      lake: { decisions: [decision('both', now - 1500), decision('landed', now - 2500)] },
    });
    const { body } = await page({ include: 'decisions' });
    expect(body.decisions).toEqual(
      [
        ['new', now - 500],
        ['both', now - 1500],
        ['landed', now - 2500],
      ].map(([decisionId, atMs]) => ({
        decisionId,
        occurredAt: new Date(Number(atMs)).toISOString(),
        treatments: [shown],
      })),
    );
  });

  test('both has both, and all the time before it when no page follows', async () => {
    const { page, lake } = scene([], [at(horizon - 1, 'old')], { lake: { decisions: [decision('first', 5)] } });
    const { body } = await page({ include: 'decisions,properties' });
    expect([body.nextCursor, body.decisions.length, lake.spans.map(({ fromMs }) => fromMs)]).toEqual([null, 1, [0, 0]]);
  });

  test.each(['everything', 'properties;decisions', ','])('%s is answered 400', async (include) => {
    const { status, body } = await scene(recent).page({ include });
    expect([status, body.error.code]).toEqual([400, 'malformed_include']);
  });
});

describe('cursors', () => {
  const kept = [...recent, at(horizon + 5, 'h1'), at(horizon - 5, 'late')];
  const older = [
    at(horizon - 5, 'late'),
    ...Array.from({ length: 5 }, (_, index) => at(horizon - 10_000, `o${index}`)),
  ];
  const whole = ['r1', 'r2', 'r3', 'h1', 'late', 'o4', 'o3', 'o2', 'o1', 'o0'];

  test.each([1, 2, 3, 4, 50])(
    'lead through the whole timeline once, %i a page, equal times included',
    async (limit) => {
      const pages = await scene(kept, older).pages(limit);
      expect(pages.flat()).toEqual(whole);
      for (const page of pages) expect(page.length).toBeLessThanOrEqual(limit);
    },
  );

  test('lead on while the live table keeps more, though the lake has not got it yet', async () => {
    const late = [at(horizon - 1, 'late1'), at(horizon - 2, 'late2'), at(horizon - 3, 'late3')];
    expect(await scene(late).pages(1)).toEqual([['late1'], ['late2'], ['late3']]);
  });

  const cursorOf = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  test.each([
    '',
    'x',
    '!!!',
    cursorOf(null),
    cursorOf({}),
    cursorOf([1]),
    cursorOf(['1', 'm']),
    cursorOf([1.5, 'm']),
    cursorOf([9e15, 'm']),
    cursorOf([-1, 'm']),
    cursorOf([-9e15, 'm']),
    cursorOf([1, 'm'.repeat(129)]),
  ])('that no page gave are answered 400: %s', async (cursor) => {
    const { status, body } = await scene(recent).page({ cursor });
    expect([status, body.error?.code]).toEqual([400, 'malformed_page']);
  });
});

describe('a limit', () => {
  test.each(['0', '201', '-1', '1.5', 'many', ''])('of %j is answered 400', async (limit) => {
    const { status, body } = await scene(recent).page({ limit });
    expect([status, body.error?.code]).toEqual([400, 'malformed_page']);
  });

  test.each(['1', '200'])('of %s is taken', async (limit) => {
    expect((await scene(recent).page({ limit })).status).toBe(200);
  });
});

describe('a timeline', () => {
  test('of nobody is answered 404 and does not ask the lake', async () => {
    const { page, lake } = scene(recent);
    const { status, body } = await page({}, 'user_id:nobody');
    expect([status, body.error.code]).toEqual([404, 'unknown_customer']);
    expect(lake.asked).toEqual([]);
  });

  test('is not shown without the scope to read', async () => {
    const { status, body } = await scene(recent).page({}, 'user_id:u', knownCaller('collect admin'));
    expect([status, body.error.code]).toEqual([403, 'missing_scope']);
  });
});
