import { type CatalogueItem, idOfItem } from '#domain/catalogue/catalogue.ts';
import { remoteCatalogue } from '#scripts/catalogue/remote-catalogue.ts';
import { saved } from '#support/builders/catalogue-items.ts';

/**
 * What is offered in a simulated world: little, but with caps of every kind, a rest, quiet hours, budgets that run out, and arms. Mail is
 * standard and for marketing, so that a no forbids all of it.
 */
export const simulatedCatalogue: readonly CatalogueItem[] = [
  saved('placements', { placementId: 'web/home', limit: 2 }),
  saved('placements', { placementId: 'desk/call', touchpoint: 'call-centre', channel: 'call-centre' }),
  saved('placements', { placementId: 'mail/news', touchpoint: 'email', channel: 'email', direction: 'outbound' }),
  saved('offer-groups', { groupId: 'grow' }),
  saved('offer-groups', { groupId: 'serve' }),
  saved('budgets', { budgetId: 'mails', unit: 'e-mails', limit: 2, period: 'day' }),
  saved('budgets', { budgetId: 'minutes', unit: 'minutes', limit: 45, period: 'week' }),
  saved('budgets', { budgetId: 'credit', unit: 'EUR cents', currency: 'EUR', limit: 4000, period: 'month' }),
  ...offer('tv', 'grow', { goal: 'click', goalDays: 1 }, [
    { treatmentId: 'tv-web', placements: ['web/home'] },
    { treatmentId: 'tv-mail', channel: 'email', placements: ['mail/news'], uses: [use('mails', 1)] },
  ]),
  ...offer('fibre', 'grow', { goal: 'conversion', goalDays: 3 }, [
    { treatmentId: 'fibre-web', placements: ['web/home'], uses: [use('credit', 250)] },
    { treatmentId: 'fibre-call', channel: 'call-centre', placements: ['desk/call'], uses: [use('minutes', 7.5)] },
    { treatmentId: 'fibre-mail', channel: 'email', placements: ['mail/news'], uses: [use('mails', 1)] },
  ]),
  ...offer('care', 'serve', { applicable: 'profile.interactions >= 2' }, [
    { treatmentId: 'care-web', placements: ['web/home'] },
    {
      treatmentId: 'care-call',
      channel: 'call-centre',
      placements: ['desk/call'],
      uses: [use('minutes', 2.5), use('credit', 100)],
    },
  ]),
  saved('contact-policies', {
    policyId: 'often',
    caps: [
      { per: 'total', most: 5, windowDays: 3 },
      { per: 'channel', name: 'email', most: 1, windowDays: 2 },
      { per: 'group', name: 'grow', most: 3, windowDays: 7, directions: ['inbound'] },
      { per: 'offer', most: 3, windowDays: 5 },
      { per: 'treatment', name: 'tv-web', most: 1, windowDays: 1 },
    ],
    rests: [{ after: 'rejected', times: 1, withinDays: 7, restDays: 3, scope: 'offer' }],
  }),
  saved('contact-policies', { policyId: 'nights', caps: [], quietHours: [{ from: '22:00', to: '05:00' }] }),
  saved('strategies', {
    challengers: [{ name: 'bold', share: 0.2, leverOverrides: { 'tv-web': 3 } }],
    measuringShares: { 'random-eligible': 0.15 },
    holdoutShare: 0.05,
  }),
];

function offer(offerId: string, group: string, over: object, treatments: readonly object[]): CatalogueItem[] {
  return [
    saved('offers', { offerId, group, name: offerId, ...over }),
    ...treatments.map((treatment) => saved('treatments', { offerId, content: { title: offerId }, ...treatment })),
  ];
}

function use(budgetId: string, amount: number) {
  return { budgetId, amount };
}

/** The channel of a treatment, by which its id ends. */
export function channelOf(treatmentId: string): string {
  const [, place = ''] = treatmentId.split('-');
  return { mail: 'email', call: 'call-centre' }[place] ?? place;
}

/** Saves the catalogue through the API. Throws an Error when an item is refused. */
export async function loadSimulatedCatalogue(access: { readonly url: string; readonly key: string }): Promise<void> {
  const remote = remoteCatalogue(access);
  for (const item of simulatedCatalogue) {
    const put = await remote.put(item.kind, idOfItem(item), item.item, undefined);
    if (put.kind === 'refused') throw new Error(`${idOfItem(item)}: ${put.message}`);
  }
}
