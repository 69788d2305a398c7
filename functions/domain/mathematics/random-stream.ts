import { hash32 } from '#domain/text/stable-hash.ts';

/** Numbers in [0, 1) that a seed determines: sfc32 (Chris Doty-Humphrey's PractRand), its state hashed from the seed. */
function uniformStream(seed: string): () => number {
  let a = hash32(seed);
  let b = hash32(seed, 0x9747b28c);
  let c = hash32(seed, 0x1b873593);
  let counter = 1;
  const next = () => {
    const sum = (a + b + counter++) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return (sum >>> 0) / 2 ** 32;
  };
  // The first numbers of similar states are similar.
  for (let round = 0; round < 12; round += 1) next();
  return next;
}

/** Standard normal numbers that a seed determines (Box and Muller 1958). */
export function normalStream(seed: string): () => number {
  const uniform = uniformStream(seed);
  let spare: number | undefined;
  return () => {
    if (spare !== undefined) {
      const kept = spare;
      spare = undefined;
      return kept;
    }
    const radius = Math.sqrt(-2 * Math.log(1 - uniform()));
    const angle = 2 * Math.PI * uniform();
    spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  };
}
