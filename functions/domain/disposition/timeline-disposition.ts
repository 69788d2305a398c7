import type { DispositionDetails } from './disposition-details.ts';
import type { ToldDisposition } from './told-disposition.ts';

/** What a disposition is of. */
export type NamedDisposition = Pick<ToldDisposition, 'decisionId' | 'treatmentId' | 'disposition'>;

/** A disposition in the timeline, with what was told with it as long as that is kept. */
export type TimelineDisposition = NamedDisposition & DispositionDetails;
