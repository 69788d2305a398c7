/** Whether all is looked at, as `npm run proofs` does: whole data sets, every point of a crash, the numbers of cases in docs/kinds.md. */
const isWhole = process.env.MODE === 'proofs';

/** How much of what takes long a run looks at. `npm test` has minutes: it takes a part, the same in every run, and its titles say how much. */
export function sizeOf<Size>({ part, whole }: { readonly part: Size; readonly whole: Size }): Size {
  return isWhole ? whole : part;
}
