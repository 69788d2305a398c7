import { csvRows } from './csv-rows.ts';
import { itemReaderFailed } from './item-reader-failed.ts';

const delimiters = { COMMA: ',', PIPE: '|', SEMICOLON: ';', SPACE: ' ', TAB: '\t' } as const;

/** How a text in CSV is read. Headers that are not given are in its first row. */
export interface CsvFormat {
  readonly delimiter: keyof typeof delimiters;
  readonly headers: readonly string[] | undefined;
}

/** An object a row, with a text for each header; what has no header is dropped. Throws `States.ItemReaderFailed`. */
export function csvItems(text: string, { delimiter, headers }: CsvFormat): readonly unknown[] {
  const rows = csvRows(text.replace(/^\uFEFF/, ''), delimiters[delimiter]);
  const names = headers ?? rows[0] ?? [];
  if (new Set(names).size < names.length) throw itemReaderFailed('CSV headers cannot contain duplicates.');
  return rows
    .slice(headers === undefined ? 1 : 0)
    .map((row) => Object.fromEntries(names.map((name, index) => [name, row[index] ?? ''])));
}
