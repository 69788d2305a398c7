/** The chunk that a file of a run is of, by its key: `campaign-runs/<run>/batches/00017.json`. Undefined when it is of none. */
export function chunkOfKey(key: string): number | undefined {
  const [, digits] = /\/(\d+)\.json$/.exec(key) ?? [];
  return digits === undefined ? undefined : Number(digits);
}
