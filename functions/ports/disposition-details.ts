import type { DispositionDetails } from '#domain/disposition/disposition-details.ts';
import type { NamedDisposition } from '#domain/disposition/told-disposition.ts';

/** What was told with dispositions, by disposition id; of those that had details, for 75 days. At most one round trip. */
export interface DispositionDetailsReads {
  detailsOf(named: readonly NamedDisposition[]): Promise<ReadonlyMap<string, DispositionDetails>>;
}
