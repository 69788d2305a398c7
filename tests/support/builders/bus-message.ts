import { randomUUID } from 'node:crypto';
import type { BusDetail, BusDetailType } from '#contracts/bus/bus-event.ts';
import type { Interaction } from '#domain/interaction/interaction.ts';
import { interaction, rejection } from './interaction.ts';

/** The detail of InteractionsReceived: of each persona named, these interactions; one of one persona unless said otherwise. */
export function receivedDetail(
  personas: Readonly<Record<string, readonly Interaction[]>> = { 'persona-1': [interaction()] },
): BusDetail<'InteractionsReceived'> {
  return {
    id: 'e-1',
    occurredAt: '2026-03-10T12:00:01.000Z',
    schemaVersion: 1,
    personas: Object.entries(personas).map(([personaId, own]) => ({ personaId, interactions: [...own] })),
  };
}

/** The detail of InteractionsRejected: one rejection. */
export function rejectedDetail(
  over: Partial<BusDetail<'InteractionsRejected'>> = {},
): BusDetail<'InteractionsRejected'> {
  return {
    id: 'e-2',
    occurredAt: '2026-03-10T12:00:01.000Z',
    schemaVersion: 1,
    touchpoint: 'web',
    rejections: [rejection()],
    ...over,
  };
}

/** An event as EventBridge delivers it to a queue or a stream. */
export function busMessage<Type extends BusDetailType>(type: Type, detail: BusDetail<Type>): string {
  return JSON.stringify({
    version: '0',
    id: randomUUID(),
    source: 'lemniscate',
    'detail-type': type,
    region: 'eu-central-1',
    time: '2026-03-10T12:00:01Z',
    detail,
  });
}
