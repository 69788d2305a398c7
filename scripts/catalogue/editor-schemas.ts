import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { type ItemKind, itemKindNames, itemKinds } from '#domain/catalogue/item-kinds.ts';
import { fileOf, idsIn } from './item-files.ts';

const folder = '.schemas';

/**
 * Writes a JSON Schema for each kind of items into a directory, and into the first line of each file where its own is: editors with
 * yaml-language-server (VS Code, Neovim, JetBrains …) then complete fields and mark faults. Gives the number of files that had no
 * such line.
 */
export function writeEditorSchemas(directory: string): number {
  mkdirSync(join(directory, folder), { recursive: true });
  for (const kind of itemKindNames) {
    writeFileSync(join(directory, folder, `${kind}.json`), `${JSON.stringify(editorSchema(kind), null, 2)}\n`);
  }
  const files = itemKindNames.flatMap((kind) => idsIn(directory, kind).map((id) => ({ kind, id })));
  const without = files
    .map(({ kind, id }) => ({ file: fileOf(directory, kind, id), line: schemaLine(kind, id) }))
    .map(({ file, line }) => ({ file, line, text: readFileSync(file, 'utf8') }))
    .filter(({ text }) => !/^# yaml-language-server:/m.test(text));
  for (const { file, line, text } of without) writeFileSync(file, `${line}${text}`);
  return without.length;
}

/** The line that a new file begins with: where its schema is, if the directory has schemas. */
export function schemaLineIn(directory: string, kind: ItemKind, id: string): string {
  return existsSync(join(directory, folder)) ? schemaLine(kind, id) : '';
}

/** JSON Schema of an item as a file has it: draft 7, which the editors’ server knows best. */
export function editorSchema(kind: ItemKind) {
  const { schema, idField, noun } = itemKinds[kind];
  const { required = [], ...rest } = z.toJSONSchema(schema, { io: 'input', target: 'draft-7', unrepresentable: 'any' });
  // The file's name is the id: the file may leave it out.
  return { title: noun, ...rest, required: required.filter((field) => field !== idField) };
}

function schemaLine(kind: ItemKind, id: string): string {
  const up = '../'.repeat(id.split('/').length);
  return `# yaml-language-server: $schema=${up}${folder}/${kind}.json\n`;
}
