/** A seeded source of randomness: xoshiro128** by Blackman and Vigna, seeded by splitmix32. Equal seeds, equal worlds. */
export interface Random {
  /** Uniform in [0, 1). */
  next(): number;
  /** Whole number in [0, below). */
  below(bound: number): number;
  /** One element; throws a RangeError when there is none. */
  pick<Element>(elements: readonly Element[]): Element;
  /** Exponential with a mean. */
  exponential(mean: number): number;
  /** A UUID (version 4) of this source's bits. */
  uuid(): string;
}

/** Makes the source for a seed. */
export function randomOf(seed: number): Random {
  let mix = seed >>> 0;
  const splitmix = () => {
    mix = (mix + 0x9e3779b9) >>> 0;
    let z = mix;
    z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    return (z ^ (z >>> 15)) >>> 0;
  };
  let [a, b, c, d] = [splitmix(), splitmix(), splitmix(), splitmix()];
  const rotl = (x: number, k: number) => ((x << k) | (x >>> (32 - k))) >>> 0;
  const next32 = () => {
    const result = Math.imul(rotl(Math.imul(b, 5) >>> 0, 7), 9) >>> 0;
    const t = (b << 9) >>> 0;
    c = (c ^ a) >>> 0;
    d = (d ^ b) >>> 0;
    b = (b ^ c) >>> 0;
    a = (a ^ d) >>> 0;
    c = (c ^ t) >>> 0;
    d = rotl(d, 11);
    return result;
  };
  const next = () => next32() / 2 ** 32;
  return {
    next,
    below: (bound) => Math.floor(next() * bound),
    pick(elements) {
      const picked = elements[Math.floor(next() * elements.length)];
      if (picked === undefined) throw new RangeError('Nothing to pick from');
      return picked;
    },
    exponential: (mean) => -mean * Math.log(1 - next()),
    uuid() {
      const hex = Array.from({ length: 4 }, () => next32().toString(16).padStart(8, '0')).join('');
      return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
    },
  };
}
