import type { BusDetail } from '#domain/bus/bus-event.ts';
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
    ...over,
  };
}

/** The detail of DispositionCaptured. */
export function capturedDetail(...dispositions: CapturedDisposition[]): BusDetail<'DispositionCaptured'> {
  return { id: 'e-3', occurredAt: '2026-03-10T12:00:01.000Z', schemaVersion: 1, dispositions, unknown: [] };
}
