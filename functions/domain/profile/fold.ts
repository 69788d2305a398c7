import type { Interaction, InteractionType } from '#domain/interaction/interaction.ts';
import { isPersonalTrait, withoutAddresses } from '#domain/lake/personal-data.ts';
import { join, sum } from './bounded-map.ts';
import { boundedName } from './bounded-name.ts';
import { addTouches, advance } from './combine.ts';
import { blankDay, type DayDraft, type DayRecord, draftOfDay, hasSeen, keepLatest, markActive } from './day-record.ts';
import { type Digest, digestOf, timelineEntry } from './digest.ts';
import { addInterest, categoryInterest, monthOf, productInterest } from './interests.ts';
import { blankOrder, type OrderRecord } from './order-record.ts';
import { draftOfState, emptyState, mostNames, type PersonaState, type StateDraft } from './persona-state.ts';
import { countOrder, countUnnamedOrder } from './purchases.ts';
import { mostPersonalTraits, writeTrait } from './traits.ts';

/** A persona's memory: its state, and by day and order id the records that keep repeats from counting. */
export interface Memory {
  readonly state: PersonaState;
  readonly days: ReadonlyMap<string, DayRecord>;
  readonly orders: ReadonlyMap<string, OrderRecord>;
}

/** What applying interactions gives: the new state and the records that changed, and no others. */
export interface Applied extends Memory {
  readonly applied: readonly Interaction[];
  /** Interactions that had been applied before. */
  readonly repeated: readonly Interaction[];
}

/**
 * Applies interactions of one persona to its memory, of which the records named by `touches` are enough; records that are not
 * there are blank. Any order and any repeats of the same interactions give the same memory.
 */
export function applyInteractions(memory: Memory, interactions: readonly Interaction[]): Applied {
  const state = draftOfState(memory.state);
  const days = new Map<string, DayDraft>();
  const orders = new Map<string, OrderRecord>();
  const applied: Interaction[] = [];
  const repeated: Interaction[] = [];

  for (const interaction of interactions) {
    const digest = digestOf(interaction);
    if (hasSeen(days.get(digest.day) ?? memory.days.get(digest.day) ?? blankDay(), digest.messageId)) {
      repeated.push(interaction);
      continue;
    }
    const day = days.get(digest.day) ?? draftOfDay(memory.days.get(digest.day) ?? blankDay());
    days.set(digest.day, day);
    day.entries.set(digest.messageId, timelineEntry(interaction, digest));
    if (isActivity[interaction.type]) state.sessions += markActive(day, digest.at);

    if (digest.orderId === undefined) {
      countUnnamedOrder(state.purchases, digest.commerce, digest);
    } else {
      const order = orders.get(digest.orderId) ?? memory.orders.get(digest.orderId) ?? blankOrder();
      orders.set(digest.orderId, countOrder(state.purchases, order, digest.commerce, digest));
    }
    count(state, interaction, digest);
    applied.push(interaction);
  }
  for (const day of days.values()) keepLatest(day);
  return { state, days, orders, applied, repeated };
}

/** Folds interactions of one persona into its whole memory. */
export function fold(memory: Memory, interactions: readonly Interaction[]): Applied {
  const next = applyInteractions(memory, interactions);
  return {
    ...next,
    days: new Map([...memory.days, ...next.days]),
    orders: new Map([...memory.orders, ...next.orders]),
  };
}

/** The memory of a persona without interactions. */
export function personaMemory(): Memory {
  return { state: emptyState(), days: new Map(), orders: new Map() };
}

/** What shows that somebody was there: identify, group and alias calls are often made by systems. */
const isActivity: Readonly<Record<InteractionType, boolean>> = {
  track: true,
  page: true,
  screen: true,
  identify: false,
  group: false,
  alias: false,
};

function count(state: StateDraft, interaction: Interaction, digest: Digest): void {
  const { at, campaign } = digest;
  advance(state, { first: at, last: at });
  state.types.set(interaction.type, sum(state.types.get(interaction.type) ?? 0, 1));
  join(state.touchpoints, boundedName(interaction.touchpoint), 1, sum, mostNames);
  if (interaction.channel) {
    join(state.channels, boundedName(withoutAddresses(interaction.channel)), 1, sum, mostNames);
  }
  if (interaction.groupId) join(state.groups, boundedName(interaction.groupId), at, Math.max, mostNames);
  if (campaign) join(state.campaigns, campaign, { count: 1, first: at, last: at }, addTouches, mostNames);
  countInterests(state, digest);
  // The traits of a group call are the group's.
  if (interaction.type === 'group') return;
  for (const [key, value] of Object.entries(interaction.traits)) {
    if (isPersonalTrait(key)) writeTrait(state.personalTraits, key, value, digest, mostPersonalTraits);
    else writeTrait(state.traits, key, value, digest);
  }
}

/** One interaction is one sign of interest in a product or category, however often it names it. */
function countInterests(state: StateDraft, { at, commerce }: Digest): void {
  if (commerce.products.length === 0) return;
  const month = monthOf(at);
  const watermarkMonth = state.seen ? monthOf(state.seen.last) : month;
  const products = new Set(commerce.products.flatMap(({ productId }) => productId ?? []));
  const categories = new Set(commerce.products.flatMap(({ category }) => category ?? []));
  for (const name of products) addInterest(state.products, productInterest, watermarkMonth, month, name);
  for (const name of categories) addInterest(state.categories, categoryInterest, watermarkMonth, month, name);
}
