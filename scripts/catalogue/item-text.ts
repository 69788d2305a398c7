import {
  type Document,
  isCollection,
  isMap,
  isNode,
  isScalar,
  LineCounter,
  type Node,
  parseDocument,
  Scalar,
  stringify,
} from 'yaml';
import { type ItemFault, noSuchField } from '#domain/vocabulary/item-fault.ts';

/** A file's YAML, read: its value, and where each part of it stands. */
export interface ItemText {
  readonly value: unknown;
  /** Faults of the YAML itself; then there is no value. */
  readonly faults: readonly TextFault[];
  /** Where a fault of the value stands in the text. */
  placeOf(fault: ItemFault): TextPlace;
}

/** A place in a text; lines and columns from 1. */
export interface TextPlace {
  readonly line: number;
  readonly column: number;
  readonly length: number;
}

export interface TextFault extends TextPlace {
  readonly message: string;
}

/** The one YAML text of an item: two blanks a level, fields in the item's order, lines of rules as they are. */
export function textOfItem(item: Readonly<Record<string, unknown>>): string {
  // Without a line width nothing is folded, so that a diff shows what changed and a rule keeps its columns.
  return stringify(item, { lineWidth: 0, aliasDuplicateObjects: false, version: '1.2', schema: 'core' });
}

/** Reads YAML 1.2 with the core schema: dates stay texts, and a key can't stand twice. */
export function readItemText(text: string): ItemText {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, version: '1.2', schema: 'core', prettyErrors: false });
  const at = (offset: number, length: number): TextPlace => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col), length: Math.max(1, length) };
  };
  const faults = [...document.errors, ...document.warnings].map(({ message, pos: [from, to] }) => ({
    message,
    ...at(from, to - from),
  }));
  return {
    value: faults.length > 0 ? undefined : document.toJS(),
    faults,
    placeOf(fault) {
      const { node, isKey } = nodeOf(document, fault);
      // Of the item as a whole there is nothing to mark.
      const [from, to] = node?.range ?? [0, 0];
      const start =
        node === undefined ? { ...at(0, 0), length: 0 } : at(from, Math.min(to, endOfLine(text, from)) - from);
      const isInRule = fault.line !== undefined && !isKey && isScalar(node);
      return (isInRule && placeInRule(text, node, start, fault)) || start;
    },
  };
}

/**
 * What a fault is about: the value at its path, or its key where the name is wrong, or the value is absent or goes over lines of
 * its own; of a field that is missing the key of what it is missing in.
 */
function nodeOf(document: Document, fault: ItemFault): { readonly node: Node | undefined; readonly isKey: boolean } {
  const keys = fault.path === '' ? [] : fault.path.split('.');
  for (let depth = keys.length; depth > 0; depth--) {
    const path = keys.slice(0, depth).map(indexOrName);
    const value = document.getIn(path, true);
    const key = keyAt(document, path);
    if (value === undefined && key === undefined) continue;
    const isMarkable = isNode(value) && (isScalar(value) ? hasText(value) : isFlow(value));
    const isWhole = depth === keys.length && isMarkable && !isOfName(fault, String(path.at(-1)), value);
    if (!isWhole && key !== undefined) return { node: key, isKey: true };
    if (isNode(value)) return { node: value, isKey: false };
  }
  return { node: undefined, isKey: true };
}

/** The key of a pair; elements of lists have none. */
function keyAt(document: Document, path: readonly (string | number)[]): Node | undefined {
  const above = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
  if (!isMap(above)) return undefined;
  const key = above.items.find((pair) => isScalar(pair.key) && String(pair.key.value) === String(path.at(-1)))?.key;
  return isNode(key) ? key : undefined;
}

/** Whether a fault is about the field's name: there is none of it, or it is quoted and not the value. */
function isOfName({ message }: ItemFault, name: string, value: unknown): boolean {
  const isQuoted = message.includes(`"${name}"`) && !(isScalar(value) && String(value.value) === name);
  return message === noSuchField || isQuoted;
}

const hasText = ({ range }: Scalar) => range != null && range[1] > range[0];
const isFlow = (node: Node) => isCollection(node) && node.flow === true;

/** Where a line and column of a rule stand in the file: exact for rules in one line and for `|` blocks, else unknown. */
function placeInRule(text: string, node: Scalar, start: TextPlace, { line = 1, column = 1, length = 1 }: ItemFault) {
  const rule = String(node.value).split('\n')[line - 1] ?? '';
  const fileLines = text.split('\n');
  const isBlock = node.type === Scalar.BLOCK_LITERAL;
  const fileLine = isBlock ? start.line + line : start.line;
  const found = fileLines[fileLine - 1]?.indexOf(rule, isBlock ? 0 : start.column - 1) ?? -1;
  return found < 0 || (line > 1 && !isBlock) ? undefined : { line: fileLine, column: found + column, length };
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}

const indexOrName = (key: string) => (/^\d+$/.test(key) ? Number(key) : key);
