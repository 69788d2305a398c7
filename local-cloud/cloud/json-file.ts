import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type * as z from 'zod';
import { writeWhole } from './write-whole.ts';

/** A value that outlives the process, in a file for its owner's eyes only. */
export interface JsonFile<Value> {
  /** Undefined before the first write. */
  read(): Value | undefined;
  /** Whole or not at all. */
  write(value: Value): void;
}

export function jsonFile<Value>(path: string, schema: z.ZodType<Value>): JsonFile<Value> {
  return {
    read: () => (existsSync(path) ? schema.parse(JSON.parse(readFileSync(path, 'utf8'))) : undefined),
    write(value) {
      mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
      writeWhole(path, JSON.stringify(value));
    },
  };
}
