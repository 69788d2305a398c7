import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { readCatalogue } from '#domain/catalogue/catalogue.ts';
import { faultsWithin } from '#domain/catalogue/check-item.ts';
import { type ItemKind, itemKindNames } from '#domain/catalogue/item-kinds.ts';
import { type ParsedItem, readItem } from '#domain/catalogue/parsed-item.ts';
import type { JsonObject } from '#domain/text/json-object.ts';
import { type ItemText, readItemText, type TextPlace } from './item-text.ts';

/** An item as a file has it. */
export interface FileItem {
  readonly kind: ItemKind;
  readonly id: string;
  readonly item: JsonObject;
}

/** What is wrong in a file, and where; for a file as a whole without a place. */
export interface FileFault extends Partial<TextPlace> {
  readonly file: string;
  readonly message: string;
  /** The line itself. */
  readonly shown?: string;
}

const extension = '.yaml';

/** The file of an item: `DIR/offers/tv.yaml`. */
export function fileOf(directory: string, kind: ItemKind, id: string): string {
  return join(directory, kind, ...`${id}${extension}`.split('/'));
}

/** The ids of a kind for which a directory has files. */
export function idsIn(directory: string, kind: ItemKind): readonly string[] {
  const folder = join(directory, kind);
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(extension))
    .map((name) => name.slice(0, -extension.length).replaceAll(sep, '/'))
    .sort();
}

/**
 * Reads a directory as the whole catalogue that it is to become, and checks it as the API would: the shape of every item, and of
 * those that have theirs the rules and what they name, so that all faults are told at once. Throws an Error when it holds no items at all: a mistyped directory
 * must not empty a catalogue.
 */
export function readItemFiles(directory: string): { items: readonly FileItem[]; faults: readonly FileFault[] } {
  const files = itemKindNames.flatMap((kind) => idsIn(directory, kind).map((id) => readFile(directory, kind, id)));
  if (files.length === 0) {
    throw new Error(`${directory} has no items: expected files such as offers/tv.yaml, in ${itemKindNames.join(', ')}`);
  }
  const items = files.flatMap(({ result }) => (result.kind === 'item' ? [result.fileItem] : []));
  const faults = [
    ...strays(directory),
    ...files.flatMap(({ result }) => (result.kind === 'item' ? [] : result.faults)),
  ];
  const catalogue = readCatalogue(items);
  // A file that can't be read is no missing item: whoever names it has no fault.
  const isThere = (kind: ItemKind, id: string) => existsSync(fileOf(directory, kind, id));
  const within = files.flatMap((file) =>
    file.result.kind === 'item'
      ? faultsWithin(file.result.parsed, catalogue, isThere).map((fault) => placed(file, fault))
      : [],
  );
  return { items, faults: [...faults, ...within] };
}

interface ReadFile {
  readonly file: string;
  readonly text: string;
  readonly read: ItemText;
  readonly result:
    | { readonly kind: 'item'; readonly fileItem: FileItem; readonly parsed: ParsedItem }
    | { readonly kind: 'invalid'; readonly faults: readonly FileFault[] };
}

function readFile(directory: string, kind: ItemKind, id: string): ReadFile {
  const file = fileOf(directory, kind, id);
  const text = readFileSync(file, 'utf8');
  const read = readItemText(text);
  const known = { file, text, read };
  if (read.faults.length > 0) {
    const faults = read.faults.map((fault) => ({ file, ...fault, ...shownLine(text, fault) }));
    return { ...known, result: { kind: 'invalid', faults } };
  }
  const result = readItem(kind, id, read.value);
  if (result.kind === 'invalid') {
    return { ...known, result: { kind: 'invalid', faults: result.faults.map((fault) => placed(known, fault)) } };
  }
  const { item, parsed } = result;
  return { ...known, result: { kind: 'item', fileItem: { kind, id, item }, parsed } };
}

function placed(
  { file, text, read }: Pick<ReadFile, 'file' | 'text' | 'read'>,
  fault: Parameters<ItemText['placeOf']>[0],
): FileFault {
  const place = read.placeOf(fault);
  const message = fault.path === '' ? fault.message : `${fault.path}: ${fault.message}`;
  return { file, ...place, message, ...(place.length === 0 ? {} : shownLine(text, place)) };
}

function shownLine(text: string, { line }: TextPlace): { shown?: string } {
  const shown = text.split('\n')[line - 1];
  return shown === undefined ? {} : { shown };
}

/** Folders that are no kind, and files in kinds that are no items: most likely misspelt. */
function strays(directory: string): readonly FileFault[] {
  const folders = readdirSync(directory, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const isKind = (name: string) => itemKindNames.some((kind) => kind === name);
  const unknown = folders
    .filter(({ name }) => !isKind(name) && !name.startsWith('.'))
    .map(({ name }) => ({
      file: join(directory, name),
      message: `There is no such kind of items, only ${itemKindNames.join(', ')}`,
    }));
  const misnamed = itemKindNames
    .filter((kind) => existsSync(join(directory, kind)))
    .flatMap((kind) => readdirSync(join(directory, kind), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && !entry.name.endsWith(extension) && !/^\.|\.md$/.test(entry.name))
    .map(({ parentPath, name }) => ({
      file: join(parentPath, name),
      message: `Expected a name that ends in ${extension}`,
    }));
  return [...unknown, ...misnamed];
}
