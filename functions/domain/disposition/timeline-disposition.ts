import type { DispositionDetails } from './disposition-details.ts';
import type { NamedDisposition } from './told-disposition.ts';

/** A disposition in the timeline, with what was told with it as long as that is kept. */
export type TimelineDisposition = NamedDisposition & DispositionDetails;
