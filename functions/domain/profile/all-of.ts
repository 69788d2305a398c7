/** The fields of every member of a union, in one object. */
export type AllOf<Part> = (Part extends unknown ? (part: Part) => void : never) extends (whole: infer Whole) => void
  ? { [Field in keyof Whole]: Whole[Field] }
  : never;

/** One object of the fields of all parts, in their order; a later field replaces an earlier one of its name. */
export function allOf<Part extends object>(parts: readonly Part[]): AllOf<Part> {
  // The compiler adds up four sources at most, and takes more of them for anything.
  return Object.assign({}, ...parts);
}
