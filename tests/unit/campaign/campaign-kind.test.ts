import { describe, expect, test } from 'vitest';
import { checkItem } from '#domain/catalogue/check-item.ts';
import type { ItemKind } from '#domain/catalogue/item-kinds.ts';
import { campaign, saved, smallCatalogue } from '#support/builders/catalogue-items.ts';

const budgeted = { uses: [{ budgetId: 'mails', amount: 1 }] };
const others = () => [
  ...smallCatalogue().filter(({ kind }) => kind !== 'treatments'),
  saved('treatments', budgeted),
  saved('placements', { placementId: 'email/weekly', touchpoint: 'email', channel: 'email', direction: 'outbound' }),
  saved('offers', { offerId: 'phone', value: { amountMinor: 900, currency: 'USD' } }),
  saved('treatments', {
    treatmentId: 'phone-mail',
    offerId: 'phone',
    channel: 'email',
    placements: ['email/weekly'],
  }),
];

function faultsOf(over: Readonly<Record<string, unknown>>, all = others()): string[] {
  const checked = checkItem('campaigns', 'spring', campaign(over), all);
  return checked.kind === 'valid' ? [] : checked.faults.map(({ path, message }) => `${path}: ${message}`);
}

describe('a campaign', () => {
  test('is taken with all that it can have', () => {
    expect(
      faultsOf({
        kpiId: 'acceptance',
        audience: 'in_segment("loyal") && profile.traits.plan == "basic"',
        offers: ['tv'],
        treatments: ['tv-hero'],
        holdoutShare: 0.1,
        salt: 'one',
        budgets: [{ budgetId: 'mails', most: 20 }],
        capacity: [{ channel: 'web', most: 100 }],
        schedule: { at: '2026-03-29T02:30', every: 'week', until: '2026-12-31T00:00', clock: 'customer' },
        entry: { most: 3, restDays: 14 },
        attributionDays: 14,
        expiresAfterHours: 24,
        toleratedFailures: 0.01,
        state: 'live',
        approvedBy: 'Ada',
      }),
    ).toEqual([]);
    expect(faultsOf({ trigger: { segmentId: 'loyal' } })).toEqual([]);
  });

  test.each<[string, Readonly<Record<string, unknown>>, string]>([
    [
      'names a placement that there is not',
      { placements: ['web/none'] },
      'placements.0: There is no placement "web/none"',
    ],
    ['names a KPI that there is not', { kpiId: 'none' }, 'kpiId: There is no KPI "none"'],
    [
      'enters by a segment that there is not',
      { trigger: { segmentId: 'none' } },
      'trigger.segmentId: There is no segment "none"',
    ],
    [
      'asks for a segment that there is not',
      { audience: 'in_segment("none")' },
      'audience: There is no segment "none"',
    ],
    ['has a rule that is none', { audience: 'profile.ordrs > 1' }, 'audience: ordrs is not known here'],
    [
      'asks about the moment',
      { audience: 'context.match_day == true' },
      'audience: context is known to live decisions only',
    ],
    [
      'asks what the lake may not know',
      { audience: 'has(profile.personal.email)' },
      'audience: personal is known to live decisions only',
    ],
    [
      'names a treatment that it can’t show',
      { treatments: ['phone-mail'] },
      'treatments.0: "phone-mail" can be shown at none of its placements',
    ],
    [
      'names an offer that nothing presents',
      { offers: ['phone'] },
      'offers.0: No treatment that it may use presents "phone"',
    ],
    [
      'bounds a channel that it has not',
      { capacity: [{ channel: 'sms', most: 1 }] },
      'capacity.0.channel: None of its placements is on the channel sms',
    ],
    ['bounds a channel that there is not', { capacity: [{ channel: 'moon', most: 1 }] }, 'capacity.0.channel: '],
    [
      'bounds a budget that nothing takes of',
      { placements: ['email/weekly'], budgets: [{ budgetId: 'mails', most: 1 }] },
      'budgets.0.budgetId: No treatment that it may use takes of "mails"',
    ],
    [
      'weighs euros with dollars',
      { placements: ['web/home-hero', 'email/weekly'] },
      'placements: Its offers are worth EUR and USD',
    ],
    ['goes live unapproved', { state: 'live' }, 'approvedBy: Expected who approved it: it is live'],
    [
      'has a schedule and a trigger',
      { schedule: { at: '2026-03-01T09:00' }, trigger: { segmentId: 'loyal' } },
      'trigger: Expected a schedule or a trigger, not both',
    ],
    [
      'begins on a day that there is not',
      { schedule: { at: '2026-02-30T09:00' } },
      'schedule.at: There is no such day',
    ],
    [
      'ends before it begins',
      { schedule: { at: '2026-03-02T09:00', until: '2026-03-01T09:00' } },
      'schedule.until: Expected a time after at',
    ],
    [
      'names a budget twice',
      {
        budgets: [
          { budgetId: 'mails', most: 1 },
          { budgetId: 'mails', most: 2 },
        ],
      },
      'budgets: A budget is named twice',
    ],
  ])('is refused when it %s', (_, over, fault) => {
    expect(faultsOf(over)).toContainEqual(expect.stringContaining(fault));
  });
});

describe('what a campaign is made of', () => {
  const told = (kind: ItemKind, over: Readonly<Record<string, unknown>>, id: string, state = 'draft') => {
    const { item } = saved(kind, over);
    const all = [...others(), saved('campaigns', { placements: ['email/weekly'], treatments: ['phone-mail'], state })];
    const rest = all.filter((each) => each.kind !== kind || !Object.values(each.item).includes(id));
    const checked = checkItem(kind, id, item, rest);
    return checked.kind === 'valid' ? [] : checked.faults.map(({ message }) => message);
  };
  const moved = { treatmentId: 'phone-mail', offerId: 'phone', channel: 'web', placements: ['web/home-hero'] };

  test('can’t become what the campaign can’t use', () => {
    expect(told('treatments', moved, 'phone-mail')).toContainEqual(
      'The campaign "spring" would contradict itself: "phone-mail" can be shown at none of its placements',
    );
  });

  test('may, once the campaign is over', () => {
    expect(told('treatments', { ...moved, offerId: 'tv' }, 'phone-mail', 'ended')).toEqual([]);
  });
});
