import { closeSync, existsSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { writeWhole } from './write-whole.ts';

/** A file of JSON lines that outlives the process: what was appended is there after a kill. */
export interface Journal {
  append(...entries: readonly unknown[]): void;
  /** All that it holds, from the file. */
  read(): readonly unknown[];
  /** Replaces the whole file by these entries, in one step. */
  rewrite(entries: readonly unknown[]): void;
  close(): void;
}

/** Opens the journal and hands each entry that it holds to `replay`, if given; a torn last line is dropped. */
export function openJournal(path: string, replay?: (entry: unknown) => void): Journal {
  mkdirSync(dirname(path), { recursive: true });
  if (existsSync(path)) {
    const lines = readFileSync(path, 'utf8').split('\n');
    const torn = lines.pop() !== '';
    if (replay) for (const line of lines) if (line !== '') replay(JSON.parse(line));
    if (torn) writeWhole(path, lines.map((line) => `${line}\n`).join(''));
  }
  const text = (entries: readonly unknown[]) => entries.map((entry) => `${JSON.stringify(entry)}\n`).join('');
  let file = openSync(path, 'a', 0o600);
  return {
    append: (...entries) => {
      writeSync(file, text(entries));
    },
    read: () =>
      readFileSync(path, 'utf8')
        .split('\n')
        .filter(Boolean)
        .map((line): unknown => JSON.parse(line)),
    rewrite(entries) {
      closeSync(file);
      writeWhole(path, text(entries));
      file = openSync(path, 'a');
    },
    close: () => closeSync(file),
  };
}
