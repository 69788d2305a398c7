import { dayMs } from '#domain/calendar/days.ts';
import { categoryPreferences, mostCategories } from '#domain/consent/consent-words.ts';
import type { Trust } from '#domain/credential/trust.ts';
import { identifiersOf } from '#domain/identity/extract-identifiers.ts';
import type { Identifier } from '#domain/identity/identifier.ts';
import type { IdentifierCatalogue } from '#domain/identity/identifier-catalogue.ts';
import { asksForCurrency, type CommerceNote, commerceOf } from '#domain/interaction/commerce.ts';
import { eventName } from '#domain/interaction/event-name.ts';
import type { Interaction } from '#domain/interaction/interaction.ts';
import { type Occurrence, occurrenceOf } from '#domain/interaction/occurred-at.ts';
import { sequenceOf } from '#domain/interaction/sequence.ts';
import type { ReadProof } from '#domain/proof/read-proof.ts';
import { isObject } from '#domain/text/is-object.ts';
import type { JsonObject } from '#domain/text/json-object.ts';
import { type Touchpoint, touchpointNamed } from '#domain/vocabulary/touchpoint.ts';
import type { EventFault, RejectionReason } from './rejection.ts';
import { isReservedEvent, isReservedMessageId } from './reserved-name.ts';
import { faultOfEvent, SegmentEvent } from './segment-event.ts';
import { largestEventBytes } from './segment-request.ts';
import { standingTold } from './standing-told.ts';

/** JSON that nests deeper is refused; hand-made events stay under ten. */
export const deepestEvent = 32;

/** More traits than a profile has room for, twice over: a table of something else, or a flood. */
export const mostTraitsTold = 200;

/** What the door knows about an event besides its content. */
export interface Arrival {
  /** Epoch milliseconds. */
  readonly receivedAt: number;
  /** The time that its first arrival gave the same message, in epoch microseconds, where that depends on the arrival. */
  readonly firstMicros?: number;
  /** When the sender says it sent the request, by its own clock. */
  readonly sentAt: unknown;
  /** Place of the event in its request, from 0. */
  readonly place: number;
  /** Touchpoint of the credential. */
  readonly touchpoint: Touchpoint;
  /** Whether an event may name this one in `context.touchpoint` or as its channel instead. */
  readonly speaksFor: (touchpoint: Touchpoint) => boolean;
  /** Whether the credential names this one, which may be the stage's own. Nobody else can name such a one: any word would be one. */
  readonly names?: (touchpoint: string) => boolean;
  /** Trust of the credential. */
  readonly trust: Trust;
  /** Reads a token of the firm as it was at a moment; without it there is no proof. */
  readonly readProof?: (token: string, atMs: number) => ReadProof;
  /** What names a customer. */
  readonly identifiers: IdentifierCatalogue;
  /** ISO 4217: what money is in that names no currency. */
  readonly usualCurrency?: string;
  /** Gives a message without an id one. */
  newId(): string;
}

export type ReadInteraction =
  | {
      readonly kind: 'accepted';
      readonly interaction: Interaction;
      /** Those that it carries, normalised, the primary one first. */
      readonly identifiers: readonly Identifier[];
      /** What of it counts for less than it seems. */
      readonly notes: readonly CommerceNote[];
      /** Whether the message has an id of its own and another arrival of it would have another time. */
      readonly dependsOnArrival: boolean;
      /** Why a proof that came with it proves nothing. */
      readonly detail?: string;
    }
  | {
      readonly kind: 'rejected';
      readonly fault: EventFault;
      readonly type: string | null;
      readonly messageId: string | null;
    };

/**
 * Reads one event of the Segment spec into an interaction, or says what is wrong with it. Lone surrogates become U+FFFD.
 * Never throws, whatever the JSON value.
 */
export function readInteraction(raw: unknown, arrival: Arrival): ReadInteraction {
  const read = interactionOf(raw, arrival);
  if (!('reason' in read)) return { kind: 'accepted', ...read };
  const said = isObject(raw) ? raw : {};
  return { kind: 'rejected', fault: read, type: shortText(said.type, 20), messageId: shortText(said.messageId, 128) };
}

type Accepted = Omit<Extract<ReadInteraction, { kind: 'accepted' }>, 'kind'>;

function interactionOf(raw: unknown, arrival: Arrival): Accepted | EventFault {
  if (isTooDeep(raw, 1)) return fault('event_too_deep', '', `Expected at most ${deepestEvent} levels of nesting.`);
  const text = JSON.stringify(raw) ?? '';
  const bytes = Buffer.byteLength(text);
  if (bytes > largestEventBytes) {
    return fault('event_too_large', '', `An event may have ${largestEventBytes} bytes; this one has ${bytes}.`);
  }
  // JSON spells a lone surrogate as an escape; only then the strings need mending.
  const parsed = SegmentEvent.safeParse(text.includes('\\ud') ? wellFormed(raw) : raw);
  if (!parsed.success) return faultOfEvent(raw, parsed.error);
  return checked(parsed.data, arrival);
}

/** What no single field shows: who it is about, what its type needs, when it was, and whether its money is money. */
function checked(event: SegmentEvent, arrival: Arrival): Accepted | EventFault {
  const timeField = event.originalTimestamp == null ? 'timestamp' : 'originalTimestamp';
  const { trust, receivedAt, firstMicros } = arrival;
  const sentAt = event.sentAt ?? arrival.sentAt;
  const occurrence = asRemembered(occurrenceOf(event[timeField], { sentAt, receivedAt, trust }), firstMicros);
  const interaction = assembled(event, occurrence ?? { ms: receivedAt, micros: 0, toldMs: undefined }, arrival);
  const identifiers = identifiersOf(interaction, arrival.identifiers);
  if (identifiers.length === 0) {
    return fault(
      'missing_identity',
      'userId',
      `Expected a userId, an anonymousId or another identifier of a customer: ${placesOf(arrival)}.`,
    );
  }
  const needed = neededFields[event.type];
  if (needed !== undefined && event[needed] == null) {
    return fault('missing_field', needed, `An event of type ${event.type} needs ${needed}.`);
  }
  if (Object.keys(interaction.traits).length > mostTraitsTold) {
    return fault('too_many_traits', 'traits', `Expected at most ${mostTraitsTold} traits.`);
  }
  if (isReservedEvent(event.type, event.event)) {
    return fault(
      'reserved_name',
      'event',
      'Events of this name are told by Lemniscate itself; tell POST /v1/dispositions.',
    );
  }
  if (isReservedMessageId(event.messageId)) {
    return fault('reserved_name', 'messageId', 'Message ids that begin so are of Lemniscate itself.');
  }
  if (categoryPreferences(interaction).length > mostCategories) {
    return fault('too_many_consents', 'context.consent', `Expected at most ${mostCategories} categories.`);
  }
  if (occurrence === undefined) {
    return fault('timestamp_out_of_range', timeField, 'Expected a time from 1970 to a day after the arrival.');
  }
  // A server may pass on what a browser says: it is no more than that then.
  const speaker: Arrival = event.context?.trust === 'public' ? { ...arrival, trust: 'public' } : arrival;
  const { standing, isAliasUnread, ...told } = standingTold(identifiers, event.context?.proof, speaker);
  const { usualCurrency } = arrival;
  const isUsual = usualCurrency !== undefined && asksForCurrency(interaction);
  const spoken = { ...interaction, standing, ...(isUsual ? { usualCurrency } : {}) };
  const { fault: moneyFault, notes } = commerceOf(spoken);
  return moneyFault === undefined
    ? {
        interaction: spoken,
        ...told,
        notes: isAliasUnread ? [...notes, aliasOfPublicKey] : notes,
        dependsOnArrival: event.messageId != null && occurrence.dependsOnArrival,
      }
    : fault(moneyFault.reason, moneyFault.path, moneyDetail[moneyFault.reason]);
}

/** An occurrence at the time that is remembered of the message, where one is: a `sentAt` is new in every attempt to send it. */
function asRemembered(occurrence: Occurrence | undefined, micros: number | undefined): Occurrence | undefined {
  if (occurrence === undefined || micros === undefined) return occurrence;
  return { ...occurrence, ms: Math.floor(micros / 1000), micros: micros % 1000 };
}

const aliasOfPublicKey = {
  reason: 'public_key',
  path: 'previousId',
  detail: 'Counts as an anonymous id only: a former user id waits for a server’s key to tell.',
} as const;

const neededFields = {
  track: 'event',
  group: 'groupId',
  alias: 'previousId',
  identify: undefined,
  page: undefined,
  screen: undefined,
} as const;

const moneyDetail = {
  invalid_amount: 'Expected a non-negative decimal number in major units, at most 10^12 minor units.',
  invalid_currency: 'Expected a currency of ISO 4217, as EUR.',
} as const;

function assembled(
  event: SegmentEvent,
  { ms, micros, toldMs }: Omit<Occurrence, 'dependsOnArrival'>,
  arrival: Arrival,
): Interaction {
  const { type } = event;
  // A proof is the door's affair: whoever has it could use it again.
  const { proof: _, trust: _trust, ...context } = event.context ?? {};
  const isView = type === 'page' || type === 'screen';
  const sequence = sequenceOf(micros, arrival.place);
  return {
    messageId: event.messageId ?? arrival.newId(),
    type,
    occurredAt: new Date(ms).toISOString(),
    receivedAt: new Date(arrival.receivedAt).toISOString(),
    ...toldOnAnotherDay(toldMs, ms),
    ...(sequence === 0 ? {} : { sequence }),
    touchpoint: touchpointOf(context.touchpoint, arrival),
    ...(event.userId == null ? {} : { userId: event.userId }),
    ...(event.anonymousId == null ? {} : { anonymousId: event.anonymousId }),
    ...(event.groupId == null ? {} : { groupId: event.groupId }),
    ...(event.previousId == null ? {} : { previousId: event.previousId }),
    ...(type === 'track' && event.event != null ? { event: eventName(event.event) } : {}),
    ...(isView && event.name != null ? { name: event.name } : {}),
    ...channelOf(event.channel ?? context.channel, arrival),
    properties: isView ? withCategory(event) : (event.properties ?? {}),
    traits: { ...(isObject(context.traits) ? context.traits : {}), ...event.traits },
    context,
  };
}

function toldOnAnotherDay(toldMs: number | undefined, ms: number): { toldAt?: string } {
  if (toldMs === undefined || Math.floor(toldMs / dayMs) === Math.floor(ms / dayMs)) return {};
  return { toldAt: new Date(toldMs).toISOString() };
}

function touchpointOf(said: unknown, { touchpoint, speaksFor, names }: Arrival): Touchpoint {
  const named = touchpointNamed(said);
  if (named !== undefined) return speaksFor(named) ? named : touchpoint;
  return typeof said === 'string' && names?.(said) ? said : touchpoint;
}

/** SDKs say `browser`, `mobile` or `server` of themselves; a touchpoint's name counts from who speaks for it. */
function channelOf(channel: unknown, { speaksFor }: Arrival): { channel?: string } {
  if (typeof channel !== 'string' || channel.trim() === '' || channel.length > 64) return {};
  const named = touchpointNamed(channel.trim().toLowerCase());
  return named === undefined || speaksFor(named) ? { channel } : {};
}

/** Page and screen calls state their category beside their properties; it belongs to them. */
function withCategory({ properties, category }: SegmentEvent): JsonObject {
  return category == null ? (properties ?? {}) : { category, ...properties };
}

function fault(reason: RejectionReason, path: string, detail: string): EventFault {
  return { reason, path, detail };
}

function shortText(value: unknown, most: number): string | null {
  return typeof value === 'string' ? value.slice(0, most).toWellFormed() : null;
}

function isTooDeep(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return depth > deepestEvent || Object.values(value).some((field) => isTooDeep(field, depth + 1));
}

/** A copy of a JSON value in which every lone surrogate is U+FFFD. */
function wellFormed(value: unknown): unknown {
  if (typeof value === 'string') return value.toWellFormed();
  if (Array.isArray(value)) return value.map(wellFormed);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key.toWellFormed(), wellFormed(field)]));
}

/** Where identifiers may stand at the touchpoint, each type with its places: a lead that has an e-mail elsewhere is told where it belongs. */
function placesOf({ identifiers, touchpoint }: Arrival): string {
  const byType = Map.groupBy(identifiers.mappingsAt(touchpoint), ({ type }) => type);
  return [...byType].map(([type, places]) => `${type} in ${places.map(({ from }) => from).join(' or ')}`).join(', ');
}
