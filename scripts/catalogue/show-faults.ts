import { relative } from 'node:path';
import type { FileFault } from './item-files.ts';

/** Faults as editors and people read them: `file:line:column: message`, and the line with marks below. */
export function showFaults(faults: readonly FileFault[]): string {
  return faults.map((fault) => showFault(fault)).join('\n');
}

function showFault({ file, line, column = 1, length = 1, message, shown }: FileFault): string {
  const name = relative('.', file);
  if (line === undefined) return `${name}: ${message}`;
  const head = `${name}:${line}:${column}: ${message}`;
  if (shown === undefined) return head;
  const gutter = String(line);
  const indent = shown.slice(0, column - 1).replace(/[^\t]/g, ' ');
  return `${head}\n  ${gutter} | ${shown}\n  ${' '.repeat(gutter.length)} | ${indent}${'^'.repeat(length)}`;
}
