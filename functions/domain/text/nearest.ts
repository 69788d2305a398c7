/** The name that somebody most likely meant who wrote another: at most a third of its letters differ, or it begins so. */
export function nearest(written: string, names: readonly string[]): string | undefined {
  const plain = plainOf(written);
  const near = names.flatMap((name) => {
    const other = plainOf(name);
    const isBeginning = plain.length >= 3 && other.startsWith(plain);
    const distance = isBeginning ? 0.5 : editDistance(plain, other);
    return distance <= Math.max(1, Math.floor(Math.max(plain.length, other.length) / 3)) ? [{ name, distance }] : [];
  });
  return near.sort((a, b) => a.distance - b.distance)[0]?.name;
}

/** Case and what parts words are not what distinguishes names. */
const plainOf = (name: string) => name.toLowerCase().replace(/[-_. ]/g, '');

/** Letters put in, left out, taken for others, or swapped with the next one: the optimal string alignment distance. */
function editDistance(one: string, other: string): number {
  const rows = [Array.from({ length: other.length + 1 }, (_, column) => column)];
  for (let row = 1; row <= one.length; row++) {
    const now = [row];
    const above = rows[row - 1] ?? [];
    for (let column = 1; column <= other.length; column++) {
      const isSame = one[row - 1] === other[column - 1];
      const isSwapped =
        row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      now.push(
        Math.min(
          at(above, column) + 1,
          at(now, column - 1) + 1,
          at(above, column - 1) + (isSame ? 0 : 1),
          isSwapped ? at(rows[row - 2], column - 2) + 1 : Infinity,
        ),
      );
    }
    rows.push(now);
  }
  return at(rows[one.length], other.length);
}

const at = (row: readonly number[] | undefined, column: number) => row?.[column] ?? Infinity;
