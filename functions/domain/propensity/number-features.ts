/**
 * A number as two features on a logarithmic scale, by sign: its octave, which generalises, and its quarter octave, which tells
 * more where there is more data. Small whole numbers have a quarter of their own up to 8; zero is a bucket.
 */
export function numberFeatures(name: string, value: number): string[] {
  if (!Number.isFinite(value)) return [];
  if (value === 0) return [`${name}=0`];
  const sign = value < 0 ? '-' : '';
  const octaves = Math.log2(Math.abs(value));
  return [`${name}~${sign}${Math.floor(octaves + rounding)}`, `${name}≈${sign}${Math.floor(4 * octaves + rounding)}`];
}

/** Math.log2 of a power of two may end a bit below the whole number. */
const rounding = 1e-9;
