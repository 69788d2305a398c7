/** Numbers in [0, 1) that depend on a seed, a kind of call and its number among its like alone, not on what else goes on. */
export function drawOf(seed: number, kind: string, number: number): () => number {
  let state = mixed(seed);
  for (const character of kind) state = mixed(state ^ (character.codePointAt(0) ?? 0));
  state = mixed(state ^ number);
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    return mixed(state) / 2 ** 32;
  };
}

/** The elements in an order drawn from a source (Fisher and Yates). */
export function shuffled<Element>(elements: readonly Element[], draw: () => number): Element[] {
  const left = [...elements];
  return elements.flatMap(() => left.splice(Math.floor(draw() * left.length), 1));
}

/** The finaliser of MurmurHash3: every bit of the input moves about half of the output's. */
function mixed(value: number): number {
  let hash = (value + 0x9e3779b9) >>> 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
