import * as z from 'zod';
import { type Interaction, interactionTypes } from '#domain/interaction/interaction.ts';
import { Standing } from '#domain/interaction/standing.ts';
import { isObject } from '#domain/text/is-object.ts';
import type { JsonObject } from '#domain/text/json-object.ts';
import { InteractionRow } from './interactions-table.ts';

/** The columns of a lake row that a profile is folded from; the others repeat what these say. */
export const FoldableRow = InteractionRow.pick({
  message_id: true,
  event: true,
  name: true,
  occurred_at: true,
  received_at: true,
  sequence: true,
  touchpoint: true,
  identifiers: true,
  order_id: true,
  channel: true,
  currency: true,
  properties: true,
  traits: true,
  context: true,
}).extend({ type: z.enum(interactionTypes), standing: Standing.nullable() });
export type FoldableRow = z.infer<typeof FoldableRow>;

/**
 * The interaction of a lake row, as far as the lake holds it: folding it gives the `rebuildable` part of the state that
 * folding the original gives. Throws a TypeError for a row that `interactionToRow` did not make.
 */
export function rowToInteraction(row: FoldableRow): Interaction {
  // An id that looks like an address is whole in its column only; one that was too long may be short enough without addresses.
  const { order_id: _id, orderId: _sameId, ...properties } = objectIn(row.properties);
  return {
    messageId: row.message_id,
    type: row.type,
    occurredAt: row.occurred_at,
    receivedAt: row.received_at,
    ...(row.sequence ? { sequence: row.sequence } : {}),
    touchpoint: row.touchpoint,
    ...(row.standing === null ? {} : { standing: row.standing }),
    ...(row.identifiers.length === 0 ? {} : { identifiers: row.identifiers.map((key) => ({ key })) }),
    ...(row.event === null ? {} : { event: row.event }),
    ...(row.name === null ? {} : { name: row.name }),
    ...(row.channel === null ? {} : { channel: row.channel }),
    // What the event leaves out was the stage's currency when it arrived.
    ...(row.currency === null ? {} : { usualCurrency: row.currency }),
    properties: row.order_id === null ? properties : { ...properties, order_id: row.order_id },
    traits: objectIn(row.traits),
    context: objectIn(row.context),
  };
}

function objectIn(json: string): JsonObject {
  const value: unknown = JSON.parse(json);
  if (!isObject(value)) throw new TypeError('Expected a JSON object in a column of an interaction');
  return value;
}
