import { hash32 } from '#domain/text/stable-hash.ts';

/** What a propensity is a function of: indices of the features that hold, sorted, each once. Empty when nothing is known. */
export type FeatureVector = readonly number[];

/** Features that a vector has at most. */
export const mostFeatures = 80;

/** The index of a feature's name, 1 to 65,534: two of 300 names share one with a chance of half; they share their weight then. */
export function featureIndex(name: string): number {
  return 1 + (hash32(name) % 65_534);
}

/** A vector of the first features, in the order of their importance, that fit. */
export function featureVector(indices: readonly number[]): FeatureVector {
  return [...new Set(indices)].slice(0, mostFeatures).sort((a, b) => a - b);
}

/** A vector as text for records and events: two bytes a feature, base64url. */
export function encodeFeatures(features: FeatureVector): string {
  const bytes = Buffer.alloc(2 * features.length);
  for (const [position, index] of features.entries()) bytes.writeUInt16BE(index, 2 * position);
  return bytes.toString('base64url');
}

/** Reads the text of a vector; what is no vector's text gives undefined. */
export function decodeFeatures(text: string): FeatureVector | undefined {
  const bytes = Buffer.from(text, 'base64url');
  if (bytes.length % 2 !== 0 || bytes.toString('base64url') !== text) return undefined;
  const features = Array.from({ length: bytes.length / 2 }, (_, position) => bytes.readUInt16BE(2 * position));
  const isVector =
    features.length <= mostFeatures && features.every((index, position) => index > (features[position - 1] ?? 0));
  return isVector ? features : undefined;
}
