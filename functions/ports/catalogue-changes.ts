import type { PastItem } from '#domain/catalogue/stored-catalogue.ts';

/** Which changes of the catalogue others know of. */
export interface CatalogueChanges {
  /** The revision up to which every change was told; 0 when none was. */
  told(): Promise<number>;
  /** Every change after a revision, in their order. */
  after(revision: number): Promise<readonly PastItem[]>;
  /** Notes that every change up to a revision is told, unless more are. */
  noteTold(revision: number): Promise<void>;
}
