/** What has to be known of an audience before it can be priced. */
export interface AudienceSize {
  readonly customers: number;
  /** Options that can be chosen at all. */
  readonly options: number;
  /** The value of the best option of all; zero when nothing is of value. */
  readonly largestValue: number;
}

export const emptySize: AudienceSize = { customers: 0, options: 0, largestValue: 0 };
