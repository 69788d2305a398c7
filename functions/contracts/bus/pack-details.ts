/**
 * EventBridge bills an entry in chunks of 64 KB, and SQS the event that it delivers, whose envelope has some 230 bytes more:
 * the detail stays clear of both.
 */
export const largestDetailBytes = 64 * 1024 - 512;

/** Bytes of a value's JSON in UTF-8. */
export const jsonBytes = (value: unknown) => Buffer.byteLength(JSON.stringify(value));

/**
 * Cuts a list into runs whose JSON fits one bus entry's detail, in order. `overheadBytes` is the detail without the list.
 * An element that is larger than a whole entry gets a run of its own.
 */
export function packDetails<Element>(
  elements: readonly Element[],
  overheadBytes: number,
  bytesOf: (element: Element) => number = jsonBytes,
): Element[][] {
  const runs: Element[][] = [];
  let run: Element[] = [];
  let bytes = overheadBytes;
  for (const element of elements) {
    const size = bytesOf(element) + 1;
    if (run.length > 0 && bytes + size > largestDetailBytes) {
      runs.push(run);
      run = [];
      bytes = overheadBytes;
    }
    run.push(element);
    bytes += size;
  }
  if (run.length > 0) runs.push(run);
  return runs;
}
