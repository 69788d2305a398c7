import type { BusDetail } from '#contracts/bus/bus-event.ts';
import type { CapturedDisposition } from '#domain/disposition/captured-disposition.ts';
import { encodeFeatures } from '#domain/propensity/feature-vector.ts';

/** A rejection of a treatment that a decision offered an hour before. */
export function capturedDisposition(over: Partial<CapturedDisposition> = {}): CapturedDisposition {
  return {
    decisionId: 'd-1',
    decidedAt: '2026-03-10T11:00:00.000Z',
    treatmentId: 'sale-hero',
    offerId: 'sale',
    channel: 'web',
    disposition: 'rejected',
    occurredAt: '2026-03-10T12:00:00.000Z',
    goal: 'acceptance',
    features: encodeFeatures([1, 2, 3]),
    isLate: false,
    record: {
      customerId: 'c-1',
      personaId: 'p-1',
      group: 'sales',
      placementId: 'web/home-hero',
      direction: 'inbound',
      strategyId: 'everywhere',
      arm: 'champion',
      variant: 'balanced',
      propensity: 0.1,
      probability: 1,
      receivedAt: '2026-03-10T12:00:01.000Z',
      touchpoint: 'web',
    },
    ...over,
  };
}

/** The detail of DispositionCaptured. */
export function capturedDetail(...dispositions: CapturedDisposition[]): BusDetail<'DispositionCaptured'> {
  return { id: 'e-3', occurredAt: '2026-03-10T12:00:01.000Z', schemaVersion: 1, dispositions, unknown: [] };
}
