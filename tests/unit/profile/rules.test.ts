import { describe, expect, test } from 'vitest';
import type { Interaction } from '#domain/interaction/interaction.ts';
import { inOrder } from '#domain/profile/day-record.ts';
import { fold, type Memory, personaMemory } from '#domain/profile/fold.ts';
import { readProfile } from '#domain/profile/read-profile.ts';
import { rebuildable } from '#domain/profile/rebuildable.ts';
import { encodeState } from '#domain/profile/state-codec.ts';
import { runsOf, touches } from '#domain/profile/touches.ts';
import { hash64 } from '#domain/text/stable-hash.ts';
import { interaction, purchase, refund } from '#support/builders/interaction.ts';

const now = new Date('2026-03-31T12:00:00.000Z');
const profileOf = (...interactions: readonly Interaction[]) =>
  readProfile(fold(personaMemory(), interactions).state, now);
const at = (occurredAt: string, messageId = occurredAt) => ({ occurredAt, messageId });

describe('purchases', () => {
  const first = '2026-03-01T10:00:00.000Z';
  const second = '2026-03-02T10:00:00.000Z';
  const eur = { currency: 'EUR', firstAt: first, lastAt: first, orders: 1, refundedMinor: 0, revenueMinor: 1000 };
  const order = purchase('o-1', 10, at(first));
  const inDollars = { properties: { currency: 'USD' } };

  test.each<[string, Interaction[], unknown[]]>([
    ['counts an order once', [order], [eur]],
    [
      'counts an order named by two messages once, by the earlier one, in the span of both',
      [purchase('o-1', 99, at(second)), order],
      [{ ...eur, lastAt: second }],
    ],
    [
      'counts an order named by two messages of one time by the smaller amount',
      [purchase('o-1', 99, at(first, 'a')), purchase('o-1', 10, at(first, 'b'))],
      [eur],
    ],
    [
      'leaves the currency of a message that lost out',
      [purchase('o-1', 99, { ...at(second), ...inDollars }), order],
      [eur],
    ],
    [
      'counts every purchase without an order id',
      [purchase(undefined, 10, at(first)), purchase(undefined, 5, at(second))],
      [{ ...eur, orders: 2, revenueMinor: 1500, lastAt: second }],
    ],
    [
      'keeps currencies apart',
      [order, purchase('o-2', 7, { ...at(second), ...inDollars })],
      [eur, { ...eur, currency: 'USD', revenueMinor: 700, firstAt: second, lastAt: second }],
    ],
    [
      'deducts a partial refund',
      [order, refund('o-1', 4, at(second))],
      [{ ...eur, refundedMinor: 400, revenueMinor: 600 }],
    ],
    [
      'deducts the whole revenue for a refund without an amount',
      [order, refund('o-1', undefined, at(second))],
      [{ ...eur, refundedMinor: 1000, revenueMinor: 0 }],
    ],
    [
      'deducts a full refund that came before its order',
      [refund('o-1', undefined, at(second)), order],
      [{ ...eur, refundedMinor: 1000, revenueMinor: 0 }],
    ],
    [
      'deducts no more than the revenue when a full refund follows partial ones, in any currency',
      [
        order,
        refund('o-1', 4, at(second)),
        refund('o-1', 3, { ...at(second, 'x'), ...inDollars }),
        refund('o-1', undefined, at(second, 'y')),
      ],
      [{ ...eur, refundedMinor: 1000, revenueMinor: 0 }],
    ],
    [
      'deducts nothing in another currency than the order’s, of which nobody tells the rate',
      [order, refund('o-1', 3, { ...at(second), ...inDollars })],
      [eur],
    ],
    ['waits with a partial refund whose order is not known', [refund('o-1', 4, at(second))], []],
    [
      'deducts a partial refund that came before its order',
      [refund('o-1', 4, at(first, 'x')), order],
      [{ ...eur, refundedMinor: 400, revenueMinor: 600 }],
    ],
    [
      'deducts no more than the revenue, however many parts are told',
      [order, refund('o-1', 6, at(second)), refund('o-1', 6, at(second, 'x'))],
      [{ ...eur, refundedMinor: 1000, revenueMinor: 0 }],
    ],
    [
      'reads a refund against what the order tells of the same base',
      [
        purchase('o-1', 22.5, { ...at(first), properties: { total: 27.5 } }),
        refund('o-1', 2.75, at(second)),
        refund('o-1', 5.5, at(second, 'x')),
      ],
      [{ ...eur, refundedMinor: 675, revenueMinor: 1575 }],
    ],
    [
      'gives all back of what the spec’s own pair tells',
      [purchase('o-1', 22.5, { ...at(first), properties: { total: 27.5 } }), refund('o-1', 27.5, at(second))],
      [{ ...eur, refundedMinor: 2250, revenueMinor: 0 }],
    ],
    [
      'takes the currency of the order for a refund that names none',
      [
        purchase('o-1', 1000, { ...at(first), properties: { currency: 'JPY' } }),
        refund('o-1', 250, { ...at(second), properties: { currency: null } }),
      ],
      [{ ...eur, currency: 'JPY', refundedMinor: 250, revenueMinor: 750 }],
    ],
    [
      'counts a refund with a number once, whoever tells it',
      [
        order,
        refund('o-1', 3, { ...at(second), properties: { refund_id: 'r' } }),
        refund('o-1', 3, { ...at(second, 'x'), properties: { refund_id: 'r' } }),
        refund('o-1', 2, { ...at(second, 'y'), properties: { refund_id: 's' } }),
      ],
      [{ ...eur, refundedMinor: 500, revenueMinor: 500 }],
    ],
    [
      'believes a trusted touchpoint before a public key, whenever it tells of the order',
      [
        purchase('o-1', 0.01, { ...at(first, 'x'), receivedAt: first, standing: 'claimed' }),
        purchase('o-1', 10, at(second)),
      ],
      [{ ...eur, lastAt: second }],
    ],
    ['waits with a full refund whose order is not known', [refund('o-1', undefined, at(second))], []],
    [
      'deducts a refund without an order id',
      [order, refund(undefined, 1, at(second))],
      [{ ...eur, refundedMinor: 100, revenueMinor: 900 }],
    ],
    [
      'deducts no more without order ids than was paid in all',
      [order, refund(undefined, 6, at(second)), refund(undefined, 6, at(second, 'x'))],
      [{ ...eur, refundedMinor: 1000, revenueMinor: 0 }],
    ],
  ])('%s', (_, interactions, expected) => {
    expect(profileOf(...interactions).purchases).toEqual(expected);
  });

  test('keeps the latest orders in its state, and the others as records that a message brings back', () => {
    const hour = (index: number) => at(new Date(Date.UTC(2026, 2, 1, index)).toISOString(), `m-${index}`);
    const memory = fold(
      personaMemory(),
      Array.from({ length: 30 }, (_, index) => purchase(`o-${index}`, 1, hour(index))),
    );
    expect([memory.state.orders.size, memory.orders.size]).toEqual([24, 6]);
    const later = fold(memory, [refund('o-0', undefined, hour(40))]);
    expect(later.state.orders.has(hash64('o-0'))).toBe(true);
    expect(readProfile(later.state, now).purchases).toMatchObject([
      { orders: 30, refundedMinor: 100, revenueMinor: 2900 },
    ]);
  });

  test('counts an order again when it is not among the latest and its record has been forgotten', () => {
    const many = Array.from({ length: 25 }, (_, index) =>
      purchase(`o-${index}`, 1, at(new Date(Date.UTC(2026, 2, 1, index)).toISOString(), `m-${index}`)),
    );
    const { state } = fold(personaMemory(), many);
    const later = fold({ ...personaMemory(), state }, [purchase('o-0', 1, at('2026-03-09T00:00:00.000Z', 'x'))]);
    expect(readProfile(later.state, now).purchases).toMatchObject([{ orders: 26 }]);
  });
});

describe('traits', () => {
  const early = '2026-03-01T10:00:00.000Z';
  const late = '2026-03-02T10:00:00.000Z';
  const says = (traits: Record<string, unknown>, occurredAt: string, over: Partial<Interaction> = {}) =>
    interaction({ type: 'identify', ...at(occurredAt), traits, ...over });

  test.each<[string, Interaction[], Record<string, unknown>]>([
    [
      'keeps the last write by event time',
      [says({ plan: 'gold' }, late), says({ plan: 'free' }, early)],
      { plan: 'gold' },
    ],
    [
      'keeps the write of the greater message id among equal times',
      [says({ plan: 'b' }, late, { messageId: '2' }), says({ plan: 'a' }, late, { messageId: '1' })],
      { plan: 'b' },
    ],
    ['hides a trait that was set to null', [says({ plan: null }, late), says({ plan: 'free' }, early)], {}],
    [
      'shows a trait again that is set after null',
      [says({ plan: null }, early), says({ plan: 'x' }, late)],
      { plan: 'x' },
    ],
    ['keeps keys that are not named again', [says({ a: 1 }, early), says({ b: [true] }, late)], { a: 1, b: [true] }],
    ['takes traits from the context of other calls', [interaction({ type: 'track', traits: { a: 1 } })], { a: 1 }],
    ['takes no traits from a group', [says({ employees: 12 }, early, { type: 'group', groupId: 'g' })], {}],
    ['keeps a value of 1,024 bytes', [says({ a: 'x'.repeat(1022) }, early)], { a: 'x'.repeat(1022) }],
    ['hides a value of 1,025 bytes', [says({ a: 'x'.repeat(1023) }, late), says({ a: 'old' }, early)], {}],
    ['counts bytes and not characters', [says({ a: 'é'.repeat(512) }, early)], {}],
    [
      'shows personal traits beside the others',
      [says({ email: 'a@b.c', plan: 1 }, early)],
      { email: 'a@b.c', plan: 1 },
    ],
  ])('%s', (_, interactions, expected) => {
    expect(profileOf(...interactions).traits).toEqual(expected);
  });

  test('keeps reserved personal traits in any spelling out of what the lake can rebuild', () => {
    const { state } = fold(personaMemory(), [
      says({ email: 'a@b.c', first_name: 'Ada', 'Last Name': 'L', plan: 1 }, early),
    ]);
    expect([...state.traits.keys()]).toEqual(['plan']);
    expect(encodeState(rebuildable(state))).not.toMatch(/Ada|a@b|"L"/);
    expect([...state.personalTraits.keys()].sort()).toEqual(['Last Name', 'email', 'first_name']);
  });

  test('keeps a key called __proto__ as a trait like any other', () => {
    const traits = JSON.parse('{"__proto__":{"admin":true},"constructor":1}');
    expect(JSON.stringify(profileOf(says(traits, early)).traits)).toBe('{"__proto__":{"admin":true},"constructor":1}');
    expect(Reflect.get({}, 'admin')).toBeUndefined();
  });

  test('keeps equal values as equal texts, whatever the order of their keys', () => {
    const states = ['{"b":1,"a":{"d":1,"c":2}}', '{"a":{"c":2,"d":1},"b":1}'].map((json) =>
      encodeState(fold(personaMemory(), [says({ key: JSON.parse(json) }, early)]).state),
    );
    expect(new Set(states).size).toBe(1);
  });

  test('keeps 100 keys', () => {
    const traits = Object.fromEntries(Array.from({ length: 150 }, (_, index) => [`key ${index}`, index]));
    expect(Object.keys(profileOf(says(traits, early)).traits)).toHaveLength(100);
  });
});

describe('interests', () => {
  const views = (name: string, month: string, count = 1) =>
    Array.from({ length: count }, (_, index) =>
      interaction({
        ...at(`2026-${month}-15T00:00:00.000Z`, `${name} ${month} ${index}`),
        properties: { product_id: name, category: `all ${name}` },
      }),
    );

  test('halve each month for products and each three months for categories', () => {
    const { interests } = profileOf(...views('old', '01', 4), ...views('new', '03', 2));
    expect(interests.products).toEqual([
      { id: 'new', score: 2 },
      { id: 'old', score: 1 },
    ]);
    expect(interests.categories).toEqual([
      { id: 'all old', score: 2.52 },
      { id: 'all new', score: 2 },
    ]);
  });

  test('keep products for three months and categories for twelve, however late the events come', () => {
    const december = interaction({
      ...at('2025-12-31T23:59:59.999Z'),
      properties: { product_id: 'p', category: 'December' },
    });
    const tooOld = interaction({
      ...at('2025-03-31T23:59:59.999Z'),
      properties: { product_id: 'q', category: 'March' },
    });
    const orders = [
      [december, tooOld, ...views('new', '03')],
      [...views('new', '03'), december, tooOld],
    ];
    for (const order of orders) {
      const { interests } = profileOf(...order);
      expect(interests.products.map(({ id }) => id)).toEqual(['new']);
      expect(interests.categories.map(({ id }) => id)).toEqual(['all new', 'December']);
    }
  });

  test('count an interaction once for a category that it names often', () => {
    const products = [1, 2, 3].map((id) => ({ product_id: id, category: 'Socks' }));
    expect(profileOf(interaction({ properties: { products } })).interests.categories).toEqual([
      { id: 'Socks', score: 1 },
    ]);
  });

  test('show the ten strongest, equal ones by name', () => {
    const all = Array.from({ length: 12 }, (_, index) => views(String.fromCharCode(108 - index), '03')).flat();
    expect(
      profileOf(...all)
        .interests.products.map(({ id }) => id)
        .join(''),
    ).toBe('abcdefghij');
  });
});

describe('sessions', () => {
  const seen = (...times: string[]) => times.map((time) => interaction(at(`2026-03-10T${time}:00.000Z`)));

  test.each<[string, string[], number]>([
    ['one for several interactions in a half hour', ['10:00', '10:10', '10:29'], 1],
    ['one for consecutive half hours', ['10:00', '10:30', '11:00'], 1],
    ['two with an idle half hour between', ['10:00', '11:00'], 2],
    ['one when a late event fills the gap', ['10:00', '11:00', '10:45'], 1],
    ['two at the two ends of a day', ['00:00', '23:59'], 2],
  ])('count %s', (_, times, expected) => {
    expect(profileOf(...seen(...times)).sessions.count).toBe(expected);
  });

  test('count none for identify, group and alias calls', () => {
    const calls = (['identify', 'group', 'alias'] as const).map((type) => interaction({ type, messageId: type }));
    expect(profileOf(...calls).sessions.count).toBe(0);
  });

  test('end at midnight UTC', () => {
    const night = [at('2026-03-10T23:59:00.000Z'), at('2026-03-11T00:01:00.000Z')].map((over) => interaction(over));
    expect(profileOf(...night).sessions.count).toBe(2);
  });
});

describe('counts', () => {
  const page = interaction({ type: 'page', name: 'Home', ...at('2026-03-01T08:00:00.000Z'), channel: 'browser' });
  const call = interaction({ ...at('2026-03-05T08:00:00.000Z'), touchpoint: 'call-centre', channel: 'server' });
  const spring = { context: { campaign: { name: 'spring' } } };

  test('say when the customer was first and last seen and how often by type, touchpoint and channel', () => {
    expect(profileOf(call, page, { ...page, messageId: 'again' })).toMatchObject({
      firstSeenAt: '2026-03-01T08:00:00.000Z',
      lastSeenAt: '2026-03-05T08:00:00.000Z',
      interactions: { total: 3, byType: { track: 1, page: 2, screen: 0 } },
      touchpoints: [
        { name: 'web', interactions: 2 },
        { name: 'call-centre', interactions: 1 },
      ],
      channels: [
        { name: 'browser', interactions: 2 },
        { name: 'server', interactions: 1 },
      ],
    });
  });

  test('say which campaigns touched and which groups were joined, and when', () => {
    const group = interaction({ type: 'group', groupId: 'g-1', ...at('2026-03-07T00:00:00.000Z') });
    const profile = profileOf({ ...call, ...spring }, { ...page, ...spring }, group, {
      ...group,
      ...at(page.occurredAt),
    });
    expect(profile.campaigns).toEqual([
      { name: 'spring', touches: 2, firstAt: page.occurredAt, lastAt: call.occurredAt },
    ]);
    expect(profile.groups).toEqual([{ id: 'g-1', lastAt: group.occurredAt }]);
  });

  test.each([[null], ['spring'], [{}], [{ name: 7 }], [{ name: '' }], [['name']]])(
    'name no campaign for %j',
    (campaign) => {
      expect(profileOf(interaction({ context: { campaign } })).campaigns).toEqual([]);
    },
  );

  test('of a customer are those of all its personas', () => {
    const [web, desk] = [page, call].map((one) => fold(personaMemory(), [one]).state);
    const together = fold(personaMemory(), [page, call]).state;
    expect(
      readProfile(
        [web, desk].flatMap((state) => state ?? []),
        now,
      ),
    ).toEqual(readProfile(together, now));
  });

  test('of nobody are empty', () => {
    expect(readProfile([], now)).toMatchObject({ firstSeenAt: null, lastSeenAt: null, interactions: { total: 0 } });
  });
});

describe('the day record', () => {
  test('holds the timeline by time', () => {
    const late = interaction({ type: 'page', name: 'Home', ...at('2026-03-10T13:00:00.000Z', 'm-2') });
    const { days } = fold(personaMemory(), [late, purchase('o-1', 5)]);
    expect([...days].map(([day, record]) => [day, inOrder(record)])).toEqual([
      [
        '2026-03-10',
        [
          {
            messageId: 'm-1',
            at: Date.parse('2026-03-10T12:00:00.000Z'),
            type: 'track',
            touchpoint: 'web',
            label: 'Order Completed',
            purchase: { orderId: 'o-1', currency: 'EUR', revenueMinor: 500 },
          },
          { messageId: 'm-2', at: Date.parse(late.occurredAt), type: 'page', touchpoint: 'web', label: 'Home' },
        ],
      ],
    ]);
  });

  test('keeps a message id of 128 characters whole and bounds a longer one', () => {
    const { days } = fold(
      personaMemory(),
      [128, 129].map((length) => interaction({ messageId: '靴'.repeat(length) })),
    );
    const ids = [...(days.get('2026-03-10')?.entries.keys() ?? [])];
    expect(ids.map((id) => id.length).sort()).toEqual([128, 44]);
  });

  test('knows a repeat that has left its timeline', () => {
    const many = Array.from({ length: 300 }, (_, index) =>
      interaction({ messageId: `m-${index}`, occurredAt: new Date(Date.UTC(2026, 2, 10) + index).toISOString() }),
    );
    const memory = fold(personaMemory(), many);
    expect(memory.days.get('2026-03-10')?.entries.size).toBe(200);
    expect(fold(memory, many).applied).toEqual([]);
  });
});

describe('a message id counts once', () => {
  const told = purchase('o-1', 5, at('2026-03-02T10:00:00.000Z', 'm'));
  const resent = { ...told, occurredAt: '2026-03-03T10:00:00.000Z', toldAt: told.occurredAt };

  test.each<[string, Interaction[]]>([
    ['when the same bytes come a day later by a clock that is wrong by then', [told, resent]],
    ['when the resend overtakes its original', [resent, told]],
    [
      'when the clock was ahead at first',
      [{ ...told, occurredAt: '2026-03-01T23:00:00.000Z', toldAt: told.occurredAt }, told],
    ],
    ['when it comes again with another timestamp', [told, { ...told, occurredAt: '2026-03-09T10:00:00.000Z' }]],
  ])('%s', (_, messages) => {
    for (const batch of [messages.map((one) => [one]), [messages]]) {
      const memory = batch.reduce((before: Memory, run) => fold(before, run), personaMemory());
      expect(readProfile(memory.state, now)).toMatchObject({ interactions: { total: 1 }, purchases: [{ orders: 1 }] });
    }
  });
});

describe('touches', () => {
  const events = [purchase('o-2', 1, at('2026-03-02T00:00:00.000Z')), refund('o-1', 1), interaction(), refund('', 1)];

  test('names each day and order once, sorted', () => {
    expect(touches([...events, ...events])).toEqual({
      days: ['2026-03-02', '2026-03-10'],
      orderKeys: [hash64('o-2'), hash64('o-1')].sort(),
    });
  });

  test('has a key of one length for every order id', () => {
    expect(touches([purchase('靴'.repeat(100), 1)]).orderKeys.map((id) => Buffer.byteLength(id))).toEqual([16]);
  });

  test('cuts interactions into runs of so many records, keeping their order', () => {
    const runs = runsOf([...events, ...events], 3);
    expect(runs.flat()).toEqual([...events, ...events]);
    expect(runs.map((run) => run.length)).toEqual([1, 3, 1, 3]);
    expect(runsOf([...events, ...events], 4)).toHaveLength(1);
  });
});
