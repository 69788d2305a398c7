import type { Calibration, Tally } from './calibration.ts';
import type { ModelRecord, Weight } from './propensity-model.ts';

/**
 * The bytes of a model, version 1, little-endian: counts, time, calibration map and residuals as 64-bit floats; then the bins of
 * the calibration and the weights, each an index and three 32-bit floats. Below 40 KB.
 */
export function encodeModel({ weights, map, calibration, responses, positives, learnedAtMs }: ModelRecord): Uint8Array {
  const { level, levelVariance, slope, slopeVariance } = calibration.recent;
  const numbers = [responses, positives, learnedAtMs, ...map, level, levelVariance, slope, slopeVariance];
  const rows = [
    ...sorted(calibration.bins).map(
      ([bin, tally]) => [bin, tally.responses, tally.positives, tally.predicted] as const,
    ),
    ...sorted(weights).map(([feature, { precision, shift, mean }]) => [feature, precision, shift, mean] as const),
  ];
  const bytes = new Uint8Array(headBytes + rowBytes * rows.length);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, version);
  view.setUint8(1, calibration.bins.size);
  for (const [position, value] of numbers.entries()) view.setFloat64(2 + 8 * position, value, true);
  for (const [position, [index, ...values]] of rows.entries()) {
    const at = headBytes + rowBytes * position;
    view.setUint16(at, index, true);
    for (const [place, value] of values.entries()) view.setFloat32(at + 2 + 4 * place, value, true);
  }
  return bytes;
}

/** Reads the bytes of a model. Throws a RangeError when they are of another version or cut off. */
export function decodeModel(bytes: Uint8Array): ModelRecord {
  if (bytes[0] !== version) throw new RangeError(`Expected a model of version ${version}, got ${bytes[0]}`);
  if (bytes.length < headBytes || (bytes.length - headBytes) % rowBytes !== 0)
    throw new RangeError(`A model does not have ${bytes.length} bytes`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const number = (position: number) => view.getFloat64(2 + 8 * position, true);
  const float = (at: number) => view.getFloat32(at, true);
  const bins = new Map<number, Tally>();
  const weights = new Map<number, Weight>();
  for (let at = headBytes; at < bytes.length; at += rowBytes) {
    const index = view.getUint16(at, true);
    const [first, second, third] = [float(at + 2), float(at + 6), float(at + 10)];
    if (bins.size < view.getUint8(1)) bins.set(index, { responses: first, positives: second, predicted: third });
    else weights.set(index, { precision: first, shift: second, mean: third });
  }
  const calibration: Calibration = {
    bins,
    recent: { level: number(8), levelVariance: number(9), slope: number(10), slopeVariance: number(11) },
  };
  return {
    weights,
    map: [number(3), number(4), number(5), number(6), number(7)],
    calibration,
    responses: number(0),
    positives: number(1),
    learnedAtMs: number(2),
  };
}

const version = 1;
/** Version, number of bins, twelve numbers. */
const headBytes = 2 + 12 * 8;
const rowBytes = 2 + 3 * 4;

function sorted<Value>(map: ReadonlyMap<number, Value>): [number, Value][] {
  return [...map].sort(([a], [b]) => a - b);
}
