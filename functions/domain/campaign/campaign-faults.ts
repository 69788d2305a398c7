import type { Offer } from '#domain/offer/offer.ts';
import type { Placement } from '#domain/placement/placement.ts';
import type { Treatment } from '#domain/treatment/treatment.ts';
import { faultAt, type ItemFault } from '#domain/vocabulary/item-fault.ts';
import type { Campaign } from './campaign.ts';
import { mayUse } from './may-use.ts';

/** What a campaign must agree in with others. */
export interface CampaignOthers {
  readonly campaigns: ReadonlyMap<string, Campaign>;
  readonly placements: ReadonlyMap<string, Placement>;
  readonly treatments: ReadonlyMap<string, Treatment>;
  readonly offers: ReadonlyMap<string, Offer>;
}

/**
 * What the campaigns that are `meant` contradict: they go to customers at outbound placements only, or leave something at an inbound
 * one for the next visit; whom they name they can show; all that they weigh is worth one currency; a capacity is of a channel of
 * theirs. Told of another item than the campaign, a fault is of that item as a whole.
 */
export function campaignFaults(
  meant: (campaign: Campaign) => boolean,
  others: CampaignOthers,
  told: 'of the campaign' | 'of another' = 'of the campaign',
): readonly ItemFault[] {
  return [...others.campaigns.values()]
    .filter(meant)
    .flatMap((campaign) =>
      faultsOf(campaign, others).map(({ path, message }) =>
        told === 'of another'
          ? faultAt([], `The campaign "${campaign.campaignId}" would contradict itself: ${message}`)
          : faultAt(path, message),
      ),
    );
}

interface Found {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

function faultsOf(campaign: Campaign, { placements, treatments, offers }: CampaignOthers): Found[] {
  const channels = new Set(campaign.placements.flatMap((id) => placements.get(id)?.channel ?? []));
  const used = [...treatments.values()].filter((treatment) => mayUse(campaign, treatment));
  const strangers = (campaign.treatments ?? []).flatMap((id, index): Found[] => {
    const treatment = treatments.get(id);
    if (treatment === undefined || treatment.placements.some((each) => campaign.placements.includes(each))) return [];
    return [{ path: ['treatments', index], message: `"${id}" can be shown at none of its placements` }];
  });
  const unshown = (campaign.offers ?? []).flatMap((id, index): Found[] =>
    !offers.has(id) || used.some(({ offerId }) => offerId === id)
      ? []
      : [{ path: ['offers', index], message: `No treatment that it may use presents "${id}"` }],
  );
  const foreign = campaign.capacity.flatMap(({ channel }, index): Found[] =>
    channels.has(channel) || channels.size === 0
      ? []
      : [{ path: ['capacity', index, 'channel'], message: `None of its placements is on the channel ${channel}` }],
  );
  const unused = campaign.budgets.flatMap(({ budgetId }, index): Found[] =>
    used.some(({ uses }) => uses.some((use) => use.budgetId === budgetId))
      ? []
      : [{ path: ['budgets', index, 'budgetId'], message: `No treatment that it may use takes of "${budgetId}"` }],
  );
  // That the offers at one placement have one currency is told by treatments.
  const currencies = new Set(
    campaign.placements.flatMap((id) => {
      const first = used.find((treatment) => treatment.placements.includes(id));
      return offers.get(first?.offerId ?? '')?.value.currency ?? [];
    }),
  );
  const mixed: Found[] =
    currencies.size > 1
      ? [
          {
            path: ['placements'],
            message: `Its offers are worth ${[...currencies].sort().join(' and ')}, which can’t be compared`,
          },
        ]
      : [];
  return [...strangers, ...unshown, ...foreign, ...unused, ...mixed];
}
