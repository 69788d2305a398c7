import * as z from 'zod';
import { join, joinAll, sortedEntries, sum } from '#domain/text/bounded-map.ts';
import { mostNames } from './most-names.ts';
import { profileSignal } from './profile-signal.ts';
import { ShownTime, timeText } from './shown-forms.ts';
import { hull, type Span } from './span.ts';

/** A name's number of interactions and when they were. */
interface Touches extends Span {
  readonly count: number;
}

/** What campaigns brought: Segment's `context.campaign`. */
interface Campaigns {
  readonly campaigns: ReadonlyMap<string, Touches>;
}

interface CampaignsDraft {
  readonly campaigns: Map<string, Touches>;
}

interface CampaignsInRules {
  readonly campaigns: ReadonlyMap<string, number>;
}

export const campaignsSignal = profileSignal({
  blank: (): CampaignsDraft => ({ campaigns: new Map() }),
  copy: ({ campaigns }: Campaigns) => ({ campaigns: new Map(campaigns) }),
  count: ({ campaigns }: CampaignsDraft, { digest: { campaign, at }, keeping }) => {
    if (!campaign) return;
    join(campaigns, campaign, { count: 1, first: at, last: at }, addTouches, keeping.room('campaigns', mostNames));
  },
  join: ({ campaigns }, other) => joinAll(campaigns, other.campaigns, addTouches),
  fields: { campaigns: z.array(z.tuple([z.string(), z.int(), z.int(), z.int()])) },
  decode: ({ campaigns }) => ({
    campaigns: new Map(campaigns.map(([name, count, first, last]) => [name, { count, first, last }])),
  }),
  always: ({ campaigns }: Campaigns) => ({
    campaigns: sortedEntries(campaigns).map(([name, { count, first, last }]) => [name, count, first, last]),
  }),
  answer: {
    campaigns: z.array(z.object({ name: z.string(), touches: z.int(), firstAt: ShownTime, lastAt: ShownTime })),
  },
  shown: ({ campaigns }) => ({
    campaigns: sortedEntries(campaigns).map(([name, { count, first, last }]) => ({
      name,
      touches: count,
      firstAt: timeText(first),
      lastAt: timeText(last),
    })),
  }),
  inRules: ({ campaigns }): CampaignsInRules => ({
    campaigns: new Map([...campaigns].map(([name, { count }]) => [name, count])),
  }),
});

function addTouches(a: Touches, b: Touches): Touches {
  return { count: sum(a.count, b.count), ...hull(a, b) };
}
