import type { Usage } from './meter-client.ts';
import { costOf } from './price-usage.ts';
import type { ReferenceLoad } from './reference-load.ts';

/** A change that would make the bill smaller, and by how much for a million events. */
export interface Lever {
  readonly change: string;
  readonly usd: number;
}

/** What could be saved, most first. Savings overlap. */
export function levers(usage: readonly Usage[], load: ReferenceLoad): readonly Lever[] {
  const costWhere = (isWanted: (one: Usage) => boolean) => costOf(usage.filter(isWanted), load);
  const all: readonly Lever[] = [
    { change: 'no access log', usd: costWhere(({ operation }) => operation === 'AccessLog') },
    {
      change: 'no archive on the bus (what it is for: docs/adr/0010)',
      usd: costWhere(({ unit }) => unit === 'archived-bytes'),
    },
    {
      change: 'no `ProfileChanged` on the bus, while nobody listens',
      usd: costWhere(({ caller }) => caller === 'publish-customer-changes'),
    },
    {
      change: 'no lake: no delivery streams, nothing for Athena',
      usd: costWhere(({ service, caller }) => service === 'firehose' || caller === 'land-events'),
    },
    {
      change: 'half the computing time of functions',
      usd: costWhere(({ unit }) => unit === 'gb-seconds') / 2,
    },
  ];
  return all.filter(({ usd }) => usd > 0).sort((a, b) => b.usd - a.usd);
}
