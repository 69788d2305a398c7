/** A lease is made for so long at the rate at which its holder spends. */
const horizonMs = 30_000;
/** Two decisions within a second are no rate yet. */
const meanOverMs = 120_000;
/** At most this share of what is left: leases get small near the end, so that little of it is stranded in any one function. */
const shareOfRemainder = 1 / 16;
/** At most this share of the limit, so that what is leased tells the pace of what is spent. */
const shareOfLimit = 1 / 250;

/**
 * How many ticks a function leases when it needs some: what it spends in half a minute, no more than a small share of the limit
 * and of what is left, no less than it needs now. So a function that dies strands at most half a minute of its own spending.
 */
export function leaseSize(wanted: {
  readonly needed: number;
  readonly limit: number;
  readonly remainder: number;
  /** Ticks a second that the holder has spent lately; 0 when it does not know yet. */
  readonly rate: number;
}): number {
  const { needed, limit, remainder, rate } = wanted;
  const ahead = Math.min((rate * horizonMs) / 1000, limit * shareOfLimit, remainder * shareOfRemainder);
  return Math.max(needed, Math.floor(ahead));
}

/** The holder's rate after a lease of which `spent` ticks went in some time: a mean of the last minutes, exponentially weighted. */
export function rateAfter(rate: number, spent: number, sinceMs: number): number {
  const forgotten = 1 - Math.exp(-sinceMs / meanOverMs);
  // In no time at all it is the limit of the same.
  const told = sinceMs > 0 ? (spent * forgotten) / sinceMs : spent / meanOverMs;
  return rate * (1 - forgotten) + told * 1000;
}
