import { describe, expect, test } from 'vitest';
import type { CatalogueItem } from '#domain/catalogue/catalogue.ts';
import { checkItem } from '#domain/catalogue/check-item.ts';
import { type ItemKind, itemKindNames, itemKinds } from '#domain/catalogue/item-kinds.ts';
import { ConsentRequest } from '#domain/consent/consent-request.ts';
import type { ItemFault } from '#domain/vocabulary/item-fault.ts';
import { touchpoints } from '#domain/vocabulary/touchpoint.ts';
import { builders, saved, smallCatalogue } from '#support/builders/catalogue-items.ts';

const idOf = (kind: ItemKind) => String((builders[kind]() as Record<string, unknown>)[itemKinds[kind].idField]);

/** What checking an item among the others of a small catalogue says. */
function check(kind: ItemKind, over: object, others: readonly CatalogueItem[] = []) {
  const rest = smallCatalogue().filter((item) => item.kind !== kind);
  return checkItem(kind, idOf(kind), { ...builders[kind](), ...over }, [...rest, ...others]);
}

function faults(...args: Parameters<typeof check>): readonly ItemFault[] {
  const checked = check(...args);
  return checked.kind === 'invalid' ? checked.faults : [];
}

describe('an item', () => {
  test.each(itemKindNames)('of %s with its required fields is valid and kept as it came', (kind) => {
    expect(check(kind, {})).toMatchObject({ kind: 'valid', item: builders[kind]() });
  });

  test.each(itemKindNames)('of %s may leave its id to the path', (kind) => {
    const { [itemKinds[kind].idField]: id, ...rest } = builders[kind]() as Record<string, unknown>;
    const others = smallCatalogue().filter((item) => item.kind !== kind);
    expect(checkItem(kind, String(id), rest, others)).toMatchObject({ kind: 'valid', item: builders[kind]() });
  });

  test.each(itemKindNames)('of %s with a field that there is not is told where', (kind) => {
    expect(faults(kind, { colour: 'red' })).toEqual([{ path: 'colour', message: 'There is no such field' }]);
  });

  test('with another id than its path is told so', () => {
    expect(faults('offers', { offerId: 'other' })).toEqual([
      { path: 'offerId', message: 'Expected "tv", the id in the path' },
    ]);
  });

  test.each(['', 'Home', 'a//b', '/a', 'a/', 'a b', 'a#b', '-a', 'a/_b', '__proto__', 'constructor', 'x'.repeat(65)])(
    'can’t have the id %j',
    (id) => {
      expect(checkItem('segments', id, { ...builders.segments(), segmentId: id }, [])).toMatchObject({
        faults: [{ path: 'segmentId' }],
      });
    },
  );

  test('of contact-policies can’t have a rest that outlasts what a profile remembers', () => {
    const rest = { after: 'ignored', times: 2, withinDays: 30, restDays: 154, scope: 'offer' };
    expect(faults('contact-policies', { rests: [rest] })).toEqual([]);
    expect(faults('contact-policies', { rests: [{ ...rest, restDays: 155 }] })).toMatchObject([
      { path: 'rests.0.restDays' },
    ]);
  });

  test('of contact-policies and kpis can’t be about a channel that there is not, nor a total about one', () => {
    const cap = { per: 'channel', name: 'sms', most: 1, windowDays: 7 };
    expect(faults('contact-policies', { caps: [cap] })).toEqual([]);
    expect(faults('contact-policies', { caps: [{ ...cap, name: 'e-mail' }] })).toEqual([
      { path: 'caps.0.name', message: 'There is no such channel' },
    ]);
    expect(faults('contact-policies', { caps: [{ ...cap, per: 'total' }] })).toMatchObject([{ path: 'caps.0.name' }]);
    expect(faults('kpis', { of: { level: 'channel', id: 'e-mail' } })).toMatchObject([{ path: 'of.id' }]);
    expect(faults('kpis', { of: { level: 'channel', id: 'sms' } })).toEqual([]);
  });

  test('can be about the touchpoints and channels that the stage adds, and about no others', () => {
    const of = (kind: ItemKind, over: object, known?: readonly string[]) => {
      const item = { ...builders[kind](), ...over };
      const checked = checkItem(kind, kind === 'placements' ? 'web/home-hero' : 'calm', item, [], known);
      return checked.kind === 'invalid' ? checked.faults.map(({ path }) => path) : [];
    };
    const place = { placementId: 'web/home-hero', touchpoint: 'kiosk', channel: 'chat' };
    const policy = {
      policyId: 'calm',
      caps: [{ per: 'channel', name: 'chat', most: 1, windowDays: 7 }],
      quietHours: [{ from: '21:00', to: '08:00', channels: ['sms', 'chat'] }],
    };
    expect(of('placements', place)).toEqual(['touchpoint', 'channel']);
    expect(of('contact-policies', policy)).toEqual(['caps.0.name', 'quietHours.0.channels.1']);
    const known = [...touchpoints, 'kiosk', 'chat'];
    expect(of('placements', place, known)).toEqual([]);
    expect(of('contact-policies', policy, known)).toEqual([]);
  });

  test('of budgets is paced over a time of its own only when it has no periods', () => {
    const pacedOver = { from: '2026-03-01T00:00:00Z', until: '2026-06-01T00:00:00Z' };
    expect(faults('budgets', { period: 'total', pacedOver })).toEqual([]);
    expect(faults('budgets', { period: 'day', pacedOver })).toMatchObject([{ path: 'pacedOver' }]);
    expect(faults('budgets', { period: 'total', pacedOver: { ...pacedOver, until: pacedOver.from } })).toMatchObject([
      { path: 'pacedOver.until' },
    ]);
  });

  test('of offers has a purpose that consents can name', () => {
    expect(faults('offers', { purpose: 'Advertising' })).toEqual([]);
    expect(ConsentRequest.safeParse({ Advertising: false, 'Advertising:email': true }).success).toBe(true);
    for (const purpose of ['', 'e-mail news', 'marketing:email']) {
      expect(faults('offers', { purpose })).toMatchObject([{ path: 'purpose' }]);
    }
  });

  test.each([null, 'text', [1], 3])('that is %j is no item', (proposed) => {
    expect(checkItem('offers', 'tv', proposed, [])).toMatchObject({ kind: 'invalid', faults: [{ path: '' }] });
  });

  test('of more than 64 K characters is refused', () => {
    expect(faults('treatments', { content: { text: 'x'.repeat(65_536) } })).toMatchObject([{ path: '' }]);
  });

  test('that nests too deep for a hash is refused', () => {
    let content: object = {};
    for (let level = 0; level < 40; level++) content = { content };
    expect(faults('treatments', { content })).toEqual([{ path: '', message: 'Expected JSON of at most 30 levels' }]);
  });

  test('has every fault of its shape told', () => {
    expect(
      faults('contact-policies', { caps: [{ per: 'total', most: -1, windowDays: 0 }] }).map(({ path }) => path),
    ).toEqual(['caps.0.most', 'caps.0.windowDays']);
  });

  test('whose value is half one form and half the other is told what fits best', () => {
    expect(faults('offers', { value: { amountMinor: 1.5, currency: 'EUR' } })).toMatchObject([
      { path: 'value.amountMinor' },
    ]);
    expect(faults('offers', { value: { rule: '1.0', currency: 'euro' } })).toMatchObject([{ path: 'value.currency' }]);
  });
});

describe('a rule', () => {
  test('that is no CEL is shown with its place', () => {
    const [fault] = faults('offers', { eligible: 'profile.orders > 1 &&\n  profile.nonsense > 2' });
    expect(fault).toMatchObject({ path: 'eligible', line: 2, column: 11, length: 8 });
    expect(fault?.shown).toBe('  profile.nonsense > 2\n          ^^^^^^^^');
  });

  test.each<[ItemKind, object, string]>([
    ['segments', { rule: '1 +' }, 'rule'],
    ['offer-groups', { applicable: '1 +' }, 'applicable'],
    ['offers', { suitable: '1 +' }, 'suitable'],
    ['offers', { value: { rule: '1 +', currency: 'EUR' } }, 'value.rule'],
    ['treatments', { eligible: '1 +' }, 'eligible'],
    ['treatments', { contextWeight: '1 +' }, 'contextWeight'],
  ])('of %s %j is checked', (kind, over, path) => {
    expect(faults(kind, over)).toMatchObject([{ path, line: 1 }]);
  });

  test('with blank lines before it is shown at its own line', () => {
    expect(faults('offers', { eligible: '\n\n  profile.nonsense > 2\n' })).toMatchObject([
      { line: 3, column: 11, shown: '  profile.nonsense > 2\n          ^^^^^^^^' },
    ]);
    expect(faults('offers', { eligible: ' \n ' })).toEqual([{ path: 'eligible', message: 'Expected a rule' }]);
  });

  test('must be true or false, and a value a number', () => {
    expect(faults('offers', { eligible: 'profile.orders' })).toMatchObject([{ path: 'eligible', column: 1 }]);
    expect(faults('offers', { value: { rule: 'profile.orders > 1', currency: 'EUR' } })).toMatchObject([
      { path: 'value.rule' },
    ]);
    expect(check('offers', { value: { rule: 'profile.orders * 100', currency: 'EUR' } }).kind).toBe('valid');
  });

  test('that names a segment that there is not is shown where', () => {
    expect(faults('offers', { eligible: 'profile.orders > 1 && in_segment("loyl")' })).toEqual([
      {
        path: 'eligible',
        message: 'There is no segment "loyl"',
        line: 1,
        column: 34,
        length: 6,
        shown: `profile.orders > 1 && in_segment("loyl")\n${' '.repeat(33)}^^^^^^`,
      },
    ]);
    expect(check('offers', { eligible: 'in_segment("loyal")' }).kind).toBe('valid');
  });

  test('of a segment can’t ask about the moment', () => {
    expect(faults('segments', { rule: 'profile.orders > 1 || context.weather == "rain"' })).toMatchObject([
      { path: 'rule', message: "The rule of a segment can't ask about the context", line: 1, column: 23, length: 7 },
    ]);
    expect(faults('segments', { rule: 'offer.lever > 1' })).toMatchObject([{ path: 'rule', column: 1, length: 5 }]);
  });

  test('of a segment can’t lead back to it', () => {
    const others = [saved('segments', { segmentId: 'rich', rule: 'in_segment("loyal")' })];
    expect(faults('segments', { rule: 'in_segment("rich")' }, others)).toMatchObject([
      { path: 'rule', message: '"rich" leads back to this segment' },
    ]);
    expect(faults('segments', { rule: 'in_segment("loyal")' })).toMatchObject([{ path: 'rule' }]);
  });
});

describe('a reference', () => {
  test.each<[ItemKind, object, string]>([
    ['offers', { group: 'none' }, 'group'],
    ['treatments', { offerId: 'none' }, 'offerId'],
    ['treatments', { placements: ['web/home-hero', 'none'] }, 'placements.1'],
    ['treatments', { uses: [{ budgetId: 'none', amount: 1 }] }, 'uses.0.budgetId'],
    ['strategies', { placements: ['none'] }, 'placements.0'],
    ['strategies', { champion: { name: 'a', leverOverrides: { none: 2 } } }, 'champion.leverOverrides.none'],
    [
      'strategies',
      { challengers: [{ name: 'b', share: 0.1, leverOverrides: { none: 2 } }] },
      'challengers.0.leverOverrides.none',
    ],
    ...['group', 'offer', 'treatment'].map((per): [ItemKind, object, string] => [
      'contact-policies',
      { caps: [{ per, name: 'none', most: 1, windowDays: 1 }] },
      'caps.0.name',
    ]),
    ...['strategy', 'segment', 'group', 'offer'].map((level): [ItemKind, object, string] => [
      'kpis',
      { of: { level, id: 'none' } },
      'of.id',
    ]),
  ])('of %s %j to nobody is a fault at its place', (kind, over, path) => {
    expect(faults(kind, over)).toMatchObject([{ path, message: expect.stringContaining('There is no') }]);
  });
});

test('whom an item does not find is told before whom it contradicts', () => {
  expect(faults('treatments', { offerId: 'none', channel: 'email' }).map(({ path }) => path)).toEqual([
    'offerId',
    'placements.0',
  ]);
});

describe('items that contradict each other', () => {
  test('are a treatment and a placement on different channels', () => {
    expect(faults('treatments', { channel: 'email' })).toMatchObject([{ path: 'placements.0' }]);
    expect(faults('placements', { channel: 'app' })).toMatchObject([{ path: 'channel' }]);
  });

  test('are two offers at one placement in different currencies', () => {
    const others = [
      saved('offers', { offerId: 'phone', value: { amountMinor: 1, currency: 'USD' } }),
      saved('treatments', { treatmentId: 'phone-hero', offerId: 'phone' }),
    ];
    const rest = [...smallCatalogue().filter(({ kind }) => kind !== 'offers'), ...others];
    expect(checkItem('offers', 'tv', builders.offers(), rest)).toMatchObject({
      kind: 'invalid',
      faults: [{ path: 'value.currency', message: 'At "web/home-hero" the offer "phone" is worth USD, this one EUR' }],
    });
  });

  test('are not those whose offer is not there', () => {
    expect(faults('offers', {}, [saved('treatments', { treatmentId: 'left', offerId: 'gone' })])).toEqual([]);
  });

  test('are an offer and a money budget of its treatments in different currencies', () => {
    const others = [saved('budgets', { budgetId: 'dollars', unit: 'cents', currency: 'USD' })];
    const rest = [...smallCatalogue().filter(({ kind }) => kind !== 'treatments'), ...others];
    const proposed = builders.treatments({ uses: [{ budgetId: 'dollars', amount: 1 }] });
    expect(checkItem('treatments', 'tv-hero', proposed, rest)).toMatchObject({ faults: [{ path: 'offerId' }] });
    const users = [
      ...rest.filter(({ item }) => item.budgetId !== 'dollars'),
      { kind: 'treatments' as const, item: proposed },
    ];
    expect(checkItem('budgets', 'dollars', { unit: 'cents', limit: 1, period: 'day', currency: 'USD' }, users)).toEqual(
      {
        kind: 'invalid',
        faults: [{ path: 'currency', message: 'The budget "dollars" is in USD, not EUR' }],
      },
    );
  });

  test('are two offers that use one budget in different currencies, at placements of their own', () => {
    const uses = [{ budgetId: 'mails', amount: 1 }];
    const others = [
      saved('placements', { placementId: 'web/us' }),
      saved('offers', { offerId: 'phone', value: { amountMinor: 1, currency: 'USD' } }),
      saved('treatments', { treatmentId: 'phone-us', offerId: 'phone', placements: ['web/us'], uses }),
    ];
    expect(faults('treatments', { uses }, others)).toEqual([
      { path: 'offerId', message: 'The offer "phone", which uses "mails" too, is worth USD, this one EUR' },
    ]);
    expect(faults('treatments', {}, others)).toEqual([]);
  });

  test('are two strategies for one placement, or for all', () => {
    const rival = (placements: unknown) => [saved('strategies', { strategyId: 'rival', placements })];
    expect(faults('strategies', {}, rival('all'))).toMatchObject([{ path: 'placements' }]);
    expect(faults('strategies', { placements: ['web/home-hero'] }, rival(['web/home-hero']))).toMatchObject([
      { path: 'placements.0' },
    ]);
    expect(faults('strategies', { placements: ['web/home-hero'] }, rival('all'))).toEqual([]);
  });

  test('are two uses of one budget', () => {
    const uses = [
      { budgetId: 'mails', amount: 1 },
      { budgetId: 'mails', amount: 2 },
    ];
    expect(faults('treatments', { uses })).toEqual([{ path: 'uses', message: 'A budget is named twice' }]);
  });

  test('are shares of more than everybody, two arms of one name, and an end before the start', () => {
    const challengers = [{ name: 'bold', share: 0.7 }];
    expect(faults('strategies', { challengers, holdoutShare: 0.4 })).toMatchObject([{ path: '' }]);
    expect(faults('strategies', { challengers: [{ name: 'balanced', share: 0.1 }] })).toMatchObject([
      { path: 'challengers.0.name' },
    ]);
    expect(faults('strategies', { challengers: [{ name: 'champion', share: 0.1 }] })).toMatchObject([
      { path: 'challengers.0.name' },
    ]);
    expect(faults('strategies', { champion: { name: 'champion' } })).toEqual([]);
    expect(faults('strategies', { champion: { name: 'holdout' } })).toMatchObject([{ path: 'champion.name' }]);
    expect(faults('offers', { startsAt: '2026-03-02T00:00:00Z', endsAt: '2026-03-01T00:00:00Z' })).toMatchObject([
      { path: 'endsAt' },
    ]);
  });
});
