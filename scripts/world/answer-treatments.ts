import type { Disposition } from '#domain/vocabulary/disposition.ts';
import type { Shown } from './ask-for-treatments.ts';
import type { WorldEvent } from './event.ts';
import type { Random } from './random.ts';
import { trueRate, trueTastes } from './true-rates.ts';

/** What touchpoints tell of treatments that they showed, and the orders that follow on them. */
export interface Answers {
  readonly told: readonly { readonly shown: Shown; readonly disposition: Disposition }[];
  readonly orders: readonly WorldEvent[];
}

/**
 * What customers do with what they are shown: each says yes with its true rate. Who does not says nothing mostly, as in life, and a
 * no to an agent's face; few refuse e-mails from then on.
 */
export function answerTreatments(
  shown: readonly Shown[],
  planOf: (userId: string) => string,
  atMs: number,
  random: Random,
): Answers {
  const told: { shown: Shown; disposition: Disposition }[] = [];
  const orders: WorldEvent[] = [];
  for (const each of shown) {
    const tell = (...dispositions: Disposition[]) =>
      told.push(...dispositions.map((disposition) => ({ shown: each, disposition })));
    tell('presented');
    const isFacing = each.touchpoint === 'call-centre';
    if (random.next() < trueRate(each.treatmentId, planOf(each.userId))) {
      tell(...(isFacing ? [] : (['clicked'] as const)), 'accepted');
      const { price } = trueTastes[each.treatmentId] ?? {};
      if (price !== undefined && random.next() < 0.6) orders.push(orderOf(each, price, atMs, random));
    } else if (random.next() < (isFacing ? 0.7 : 0.1)) {
      tell('rejected');
    } else if (each.touchpoint === 'email' && random.next() < 0.01) {
      tell('unsubscribed');
    }
  }
  return { told, orders };
}

function orderOf({ decisionId, treatmentId, userId }: Shown, price: number, atMs: number, random: Random): WorldEvent {
  return {
    touchpoint: 'web',
    message: {
      type: 'track',
      event: 'Order Completed',
      messageId: `world-${random.uuid()}`,
      timestamp: new Date(atMs).toISOString(),
      userId,
      properties: {
        order_id: `order-${random.uuid().slice(0, 8)}`,
        revenue: price,
        currency: 'EUR',
        decision_id: decisionId,
        treatment_id: treatmentId,
      },
    },
  };
}
