import { hash32 } from '#domain/text/stable-hash.ts';

/**
 * Tells whether a name may have been seen before, in 16 to 32 bytes a name whatever its length: it keeps 64 bits of each. A million names have a
 * chance of 1 in 37 million that two that differ look the same; who hears "maybe" looks again.
 */
export class SeenNames {
  #slots = new Uint32Array(2 ** 17);
  #count = 0;

  /** Whether a name, or one that looks the same, was here before. */
  add(name: string): boolean {
    if (4 * this.#count >= this.#slots.length) this.#grow();
    // A slot of two zeros is free.
    const low = hash32(name) || 1;
    const high = hash32(name, 0x9747b28c);
    if (!this.#put(low, high)) return true;
    this.#count += 1;
    return false;
  }

  #put(low: number, high: number): boolean {
    const mask = this.#slots.length / 2 - 1;
    for (let slot = high & mask; ; slot = (slot + 1) & mask) {
      if (this.#slots[2 * slot] === 0) {
        this.#slots[2 * slot] = low;
        this.#slots[2 * slot + 1] = high;
        return true;
      }
      if (this.#slots[2 * slot] === low && this.#slots[2 * slot + 1] === high) return false;
    }
  }

  #grow(): void {
    const old = this.#slots;
    this.#slots = new Uint32Array(2 * old.length);
    for (let at = 0; at < old.length; at += 2) if (old[at] !== 0) this.#put(old[at] ?? 0, old[at + 1] ?? 0);
  }
}
