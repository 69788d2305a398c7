/** A number with so many significant digits, as its decimal text has them: what stands on record is what counts. */
export function rounded(value: number, digits: number): number {
  return Number(value.toPrecision(digits));
}
