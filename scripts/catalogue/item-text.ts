import {
  type Document,
  isNode,
  isPair,
  isScalar,
  LineCounter,
  type Node,
  parseDocument,
  Scalar,
  stringify,
} from 'yaml';
import type { ItemFault } from '#domain/vocabulary/item-fault.ts';

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
      const node = nodeAt(document, fault.path);
      const [from, to] = node?.range ?? [0, 1];
      const start = at(from, Math.min(to, endOfLine(text, from)) - from);
      return (fault.line !== undefined && isScalar(node) && placeInRule(text, node, start, fault)) || start;
    },
  };
}

/** The node at a dotted path, or the nearest above it that there is; for a field's fault its name where it has no value. */
function nodeAt(document: Document, path: string): Node | undefined {
  const keys = path === '' ? [] : path.split('.');
  for (let depth = keys.length; depth >= 0; depth--) {
    const node = depth === 0 ? document.contents : document.getIn(keys.slice(0, depth).map(indexOrName), true);
    if (isNode(node) && node.range != null) return node;
    if (isPair(node) && isNode(node.key)) return node.key;
  }
  return undefined;
}

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
