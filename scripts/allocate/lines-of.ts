import { closeSync, openSync, readSync } from 'node:fs';

const bytesARead = 2 ** 20;
const newline = 10;

/** The lines of a file of any size, one after the other; what stands in memory is the longest of them and a megabyte. */
export function* linesOf(path: string): Generator<string> {
  const file = openSync(path, 'r');
  try {
    let buffer = Buffer.allocUnsafe(2 * bytesARead);
    let filled = 0;
    for (;;) {
      if (buffer.length - filled < bytesARead) buffer = Buffer.concat([buffer], 2 * buffer.length);
      const read = readSync(file, buffer, filled, bytesARead, null);
      filled += read;
      let start = 0;
      for (
        let end = buffer.indexOf(newline, filled - read);
        end >= 0 && end < filled;
        end = buffer.indexOf(newline, start)
      ) {
        yield buffer.toString('utf8', start, end);
        start = end + 1;
      }
      buffer.copyWithin(0, start, filled);
      filled -= start;
      if (read > 0) continue;
      if (filled > 0) yield buffer.toString('utf8', 0, filled);
      return;
    }
  } finally {
    closeSync(file);
  }
}
