import { type OwnInteraction, receivedEntries } from '#contracts/bus/received-entries.ts';
import type { ReadInteraction } from '#contracts/wire/read-interaction.ts';
import type { SegmentRequest } from '#contracts/wire/segment-request.ts';
import { isNamedBy, type KnownCaller, maySpeakFor } from '#domain/credential/access.ts';
import type { IdentifierCatalogue } from '#domain/identity/identifier-catalogue.ts';
import { personaOfKey } from '#domain/identity/identifier-key.ts';
import type { CommerceNote } from '#domain/interaction/commerce.ts';
import type { Interaction } from '#domain/interaction/interaction.ts';
import { readProof as readProofBy } from '#domain/proof/read-proof.ts';
import { isObject } from '#domain/text/is-object.ts';
import type { Touchpoint } from '#domain/vocabulary/touchpoint.ts';
import type { Allowances } from '#ports/allowances.ts';
import type { Arrivals } from '#ports/arrivals.ts';
import type { Bus } from '#ports/bus.ts';
import type { Credentials } from '#ports/credentials.ts';
import type { IdentityKey } from '#ports/identity-key.ts';
import type { Sealer } from '#ports/sealer.ts';
import { keyedInteraction } from './keyed-interaction.ts';
import { readByFirstArrival } from './read-by-first-arrival.ts';
import { rejectedEntries } from './rejected-entries.ts';
import { sealedRejections } from './sealed-rejections.ts';

export interface CollectDeps {
  readonly credentials: Credentials;
  readonly allowances: Allowances;
  readonly arrivals: Arrivals;
  readonly bus: Bus;
  readonly identityKey: () => Promise<IdentityKey>;
  /** What refused events are sealed with; asked for when there is one. `undefined` while the stage has no sealing key. */
  readonly sealer: () => Promise<Sealer | undefined>;
  readonly identifiers: IdentifierCatalogue;
  /** ISO 4217: what money is in that names no currency. */
  readonly usualCurrency: string;
  readonly now: () => number;
  readonly newId: () => string;
  /** Told how many events of a request were refused, if any were. */
  readonly onRejected: (events: number) => void;
  /** Told that the stage has no sealing key, so that refused events are sealed with the identity key. */
  readonly onUnsealed: () => void;
}

/** What became of one event of a request. */
interface EventResult {
  readonly index: number;
  readonly messageId: string | null;
  readonly status: 'accepted' | 'rejected';
  readonly reason?: string;
  readonly path?: string;
  readonly detail?: string;
  /** What is accepted and counts for less than it seems; absent when there is nothing to say. */
  readonly notes?: readonly CommerceNote[];
}

interface CollectAnswer {
  readonly success: boolean;
  readonly accepted: number;
  readonly rejected: number;
  readonly results: readonly EventResult[];
}

/**
 * Reads the events of a request, puts the valid ones on the bus grouped by persona and the others as rejections, and only
 * then answers. Throws {@link BusUnavailableError} and {@link ArrivalsUnavailableError}; the sender then sends all again, and
 * message ids keep it harmless.
 */
export async function collect(request: SegmentRequest, caller: KnownCaller, deps: CollectDeps): Promise<CollectAnswer> {
  const key = await deps.identityKey();
  const receivedAt = deps.now();
  const { newId, identifiers, usualCurrency } = deps;
  const { touchpoint, trust } = caller;
  const speaksFor = (named: Touchpoint) => maySpeakFor(caller, named);
  const names = (named: string) => isNamedBy(caller, named);
  const isSigned: IdentityKey['isSigned'] = (id, text, signature) =>
    identifiers.proofKeys.includes(id) && key.isSigned(id, text, signature);
  const readProof = (token: string, nowMs: number) => readProofBy(token, { nowMs, identifiers, isSigned });
  const arrival = {
    receivedAt,
    sentAt: request.sentAt,
    touchpoint,
    speaksFor,
    names,
    trust,
    readProof,
    identifiers,
    usualCurrency,
    newId,
  };
  const read = await readByFirstArrival(request.events, arrival, key, deps.arrivals);

  const accepted = onceEach(
    read.flatMap((result) =>
      result.kind === 'accepted'
        ? [owned(keyedInteraction(result.interaction, result.identifiers, key, identifiers))]
        : [],
    ),
  );
  const refused = read.flatMap((result, index) =>
    result.kind === 'rejected' ? [{ event: recoverable(request.events[index], request.sentAt), result }] : [],
  );
  const stamp = { newId, occurredAt: new Date(receivedAt).toISOString() };
  const sealer = refused.length === 0 ? key : await sealerOrKey(deps, key);
  const rejections = sealedRejections(refused, stamp.occurredAt, sealer, newId);
  await deps.bus.publish([
    ...receivedEntries(accepted, stamp),
    ...rejectedEntries(rejections, { touchpoint, trust }, stamp),
  ]);
  const rejected = refused.length;
  if (rejected > 0) deps.onRejected(rejected);
  return { success: rejected === 0, accepted: read.length - rejected, rejected, results: read.map(resultOf) };
}

/** Nothing is refused or lost for want of a sealing key; what is sealed until then can be opened by who reads the identity key. */
async function sealerOrKey({ sealer, onUnsealed }: CollectDeps, key: IdentityKey): Promise<Sealer> {
  const found = await sealer();
  if (found === undefined) onUnsealed();
  return found ?? key;
}

/** Of a message that a request holds twice the first counts, as of one that arrives twice. */
function onceEach(interactions: readonly OwnInteraction[]): OwnInteraction[] {
  const byMessage = Map.groupBy(interactions, ({ personaId, interaction }) => `${personaId} ${interaction.messageId}`);
  return [...byMessage.values()].flatMap(([first]) => first ?? []);
}

/** Each interaction belongs to its primary identifier. */
function owned(interaction: Interaction): OwnInteraction {
  return { personaId: personaOfKey(interaction.identifiers?.[0]?.key ?? ''), interaction };
}

/** The event with what its batch says of the sender's clock, so that it can be recovered with its time; without a proof. */
function recoverable(event: unknown, sentAt: unknown): unknown {
  if (!isObject(event)) return event;
  const { proof: _, ...context } = isObject(event.context) ? event.context : {};
  return {
    ...event,
    ...(isObject(event.context) ? { context } : {}),
    ...(event.sentAt == null && typeof sentAt === 'string' ? { sentAt } : {}),
  };
}

function resultOf(result: ReadInteraction, index: number): EventResult {
  return result.kind === 'accepted'
    ? {
        index,
        messageId: result.interaction.messageId,
        status: 'accepted',
        ...(result.notes.length === 0 ? {} : { notes: result.notes }),
        ...(result.detail === undefined ? {} : { detail: result.detail }),
      }
    : { index, messageId: result.messageId, status: 'rejected', ...result.fault };
}
