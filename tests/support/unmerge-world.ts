import type { Disposition } from '#domain/vocabulary/disposition.ts';
import { type Random, randomOf } from '#scripts/world/random.ts';
import { saved } from '#support/builders/catalogue-items.ts';

export type Event = Readonly<Record<string, unknown>>;

/** Whom a world is about: a signed-in customer and a browser. */
export const roles = ['user', 'browser'] as const;
export type Role = (typeof roles)[number];

/** A question that is asked for one of them, with what the customer does with all that is shown. */
export interface Ask {
  /** Names the decision: equal names, equal ids. */
  readonly name: string;
  readonly role: Role;
  readonly placements: readonly string[];
  readonly atMs: number;
  readonly disposition: Disposition;
}

/** What happens in a phase: events that carry an identifier each, and questions, in their order. */
interface Phase {
  readonly events: readonly Event[];
  readonly asks: readonly Ask[];
}

/** A person as told by a user id and a browser's id, before a visit that carries both, after it, and once that is undone. */
export interface World {
  readonly seed: number;
  /** Whether the customer tells an e-mail address before all else. */
  readonly hasMailbox: boolean;
  readonly before: Phase;
  /** The visit that says that they are one. */
  readonly link: Visit;
  readonly between: Phase;
  readonly after: Phase;
  /** The same visit again, too late. */
  readonly again: Visit;
}

/** A signed-in visit: with the browser's id where the two are to be merged, without it where that never happens. */
export type Visit = (isLinked: boolean) => Event;

/** Type and value of the identifier that names one of a world's two customers. */
export function identifierOf({ seed }: Pick<World, 'seed'>, role: Role): readonly [type: string, value: string] {
  return role === 'user' ? ['user_id', `user-${seed}`] : ['anonymous_id', `browser-${seed}`];
}

/** A world of its own for a seed, in February 2026; the last questions are asked on 2 March, the others on the first. */
export function unmergeWorld(seed: number): World {
  const random = randomOf(seed);
  const hasMailbox = seed % 2 === 0;
  const phase = (name: string, events: number, asks: (role: Role) => readonly Ask[]): Phase => ({
    events: life(random, seed, name, events),
    asks: roles.flatMap(asks).sort((a, b) => a.atMs - b.atMs),
  });
  const home = (name: string, time: string) => (role: Role) => asksAt(random, seed, role, 'web/home', name, time);
  const hello = (name: string, time: string) => (role: Role) => asksAt(random, seed, role, 'web/hello', name, time);
  const before = phase('before', 3 + random.below(8), home('before', '01T12:00'));
  return {
    seed,
    hasMailbox,
    before: hasMailbox ? { ...before, events: [mailboxTold(seed), ...before.events] } : before,
    link: visit(seed, 'link', 1 + random.below(27)),
    between: phase('between', random.below(8), hello('between', '01T12:30')),
    after: phase('after', random.below(8), (role) => [
      ...home('after', '02T13:00')(role),
      ...hello('after', '02T13:30')(role),
    ]),
    again: visit(seed, 'again', 1 + random.below(27)),
  };
}

/**
 * Segments by counts, sums and days since; offers that ask for them, caps and rests that count contacts and responses, and a
 * strategy that deals customers to arms. At `web/hello` nothing depends on the profile.
 */
export const unmergeCatalogue = [
  saved('segments', { segmentId: 'buyers', rule: 'count_since("Order Completed", 14) > 0' }),
  saved('segments', { segmentId: 'spenders', rule: 'sum_since("Order Completed", 20, "EUR") >= 12000' }),
  saved('segments', { segmentId: 'loyal', rule: 'profile.orders >= 3' }),
  saved('segments', { segmentId: 'away', rule: 'days_since(profile.last_seen) >= 2' }),
  saved('segments', { segmentId: 'missed', rule: 'in_segment("loyal") && in_segment("away")' }),
  saved('placements', { placementId: 'web/hello' }),
  saved('placements', { placementId: 'web/home', limit: 2 }),
  saved('offer-groups', { groupId: 'grow' }),
  saved('offer-groups', { groupId: 'serve' }),
  ...shownAt('web/hello', { offerId: 'hello', group: 'serve' }),
  ...shownAt('web/home', { offerId: 'games', group: 'grow', applicable: 'profile.categories["games"] >= 1' }),
  ...shownAt('web/home', { offerId: 'books', group: 'grow', eligible: 'in_segment("loyal")', ...worthByRule() }),
  ...shownAt('web/home', { offerId: 'gold', group: 'grow', suitable: '!in_segment("missed")' }),
  saved('contact-policies', {
    caps: [
      { per: 'group', name: 'grow', most: 3, windowDays: 7 },
      { per: 'offer', name: 'hello', most: 4, windowDays: 7 },
    ],
    rests: [{ after: 'rejected', times: 1, withinDays: 7, restDays: 7, scope: 'offer' }],
  }),
  saved('strategies', {
    placements: ['web/home'],
    challengers: [{ name: 'bold', share: 0.3, leverOverrides: { 'gold-banner': 3 } }],
    measuringShares: { 'random-eligible': 0.15, 'propensity-only': 0.1 },
    holdoutShare: 0.1,
  }),
];

function shownAt(placement: string, offer: Event) {
  const { offerId } = offer;
  return [
    saved('offers', { name: offerId, ...offer }),
    saved('treatments', { treatmentId: `${offerId}-banner`, offerId, placements: [placement] }),
  ];
}

function worthByRule() {
  return { value: { rule: 'sum_since("Order Completed", 60, "EUR") * 0.3', currency: 'EUR' } };
}

/** Things that a signed-in customer and a browser do, each alone. */
function life(random: Random, seed: number, phase: string, count: number): Event[] {
  return Array.from({ length: count }, (_, index) => {
    const id = `${seed}-${phase}-${index}`;
    const who = random.next() < 0.5 ? { userId: `user-${seed}` } : { anonymousId: `browser-${seed}` };
    const timestamp = new Date(Date.UTC(2026, 1, 1 + random.below(27), random.below(24))).toISOString();
    return random.next() < 0.5
      ? purchase(id, timestamp, who, random)
      : { type: 'page', messageId: id, timestamp, name: random.pick(['Home', 'Cart']), ...who };
  });
}

function mailboxTold(seed: number): Event {
  const traits = { email: `user-${seed}@example.org` };
  const timestamp = '2026-02-03T08:00:00.000Z';
  return { type: 'identify', messageId: `${seed}-mailbox`, timestamp, userId: `user-${seed}`, traits };
}

function purchase(messageId: string, timestamp: string, who: object, random: Random): Event {
  const products = [{ product_id: random.pick(['p1', 'p2', 'p3']), category: random.pick(['books', 'games']) }];
  const properties = { order_id: messageId, revenue: 1 + random.below(100), currency: 'EUR', products };
  return { type: 'track', event: 'Order Completed', messageId, timestamp, properties, ...who };
}

function visit(seed: number, phase: string, day: number): Visit {
  return (isLinked) => ({
    type: 'identify',
    messageId: `${seed}-${phase}-visit`,
    timestamp: `2026-02-${String(day).padStart(2, '0')}T09:30:00.000Z`,
    userId: `user-${seed}`,
    traits: { plan: phase },
    ...(isLinked ? { anonymousId: `browser-${seed}` } : {}),
  });
}

/** None to two questions, and after the merge is undone three for what a cap holds back. */
function asksAt(random: Random, seed: number, role: Role, placement: string, phase: string, time: string): Ask[] {
  const isHello = placement === 'web/hello';
  const count = isHello && phase === 'after' ? 3 : random.below(3);
  return Array.from({ length: count }, (_, index) => ({
    name: `${seed} ${phase} ${placement} ${role} ${index}`,
    role,
    placements: [placement],
    atMs: Date.parse(`2026-03-${time}:00Z`) + (2 * index + roles.indexOf(role)) * 60_000,
    disposition: random.pick(isHello ? ['clicked', 'presented'] : ['accepted', 'rejected', 'presented', 'ignored']),
  }));
}
