import type * as z from 'zod';
import { canonicalJson } from '#domain/text/canonical-json.ts';
import type { JsonObject } from '#domain/text/json-object.ts';
import { faultAt, type ItemFault, noSuchField } from '#domain/vocabulary/item-fault.ts';
import { ItemId } from '#domain/vocabulary/item-id.ts';
import { plainWords } from '#domain/vocabulary/plain-words.ts';
import { type ItemKind, itemKinds } from './item-kinds.ts';
import { type Items, kindDefinitions } from './kind-definitions.ts';

/** An item of one kind, parsed: the kind tells what the item is. */
export type ParsedItem<Kind extends ItemKind = ItemKind> = {
  readonly [Each in Kind]: { readonly kind: Each; readonly id: string; readonly item: Items[Each] };
}[Kind];

/** Parses an item as it was saved under a kind. */
export function parseItem<Kind extends ItemKind>(kind: Kind, saved: JsonObject): ParseResult<Kind> {
  const { schema, idField } = kindDefinitions[kind];
  const { success, data, error } = schema.safeParse(saved, { error: plainWords });
  return success ? { success, data: { kind, id: String(saved[idField]), item: data } } : { success, error };
}

type ParseResult<Kind extends ItemKind> =
  | { readonly success: true; readonly data: ParsedItem<Kind>; readonly error?: never }
  | { readonly success: false; readonly data?: never; readonly error: z.ZodError };

/** Most characters that an item's JSON may have: five hundred of them still load in one breath. */
const largestItem = 64 * 1024;

/**
 * Reads what somebody wants to save under a kind and id. The id may be left out of the item; if it is there, it must be the
 * same. What is saved is the item as it came, without the defaults, so that a schema's defaults may change later.
 */
export function readItem(
  kind: ItemKind,
  id: string,
  wanted: unknown,
):
  | { readonly kind: 'item'; readonly item: JsonObject; readonly parsed: ParsedItem }
  | { readonly kind: 'invalid'; readonly faults: readonly ItemFault[] } {
  if (typeof wanted !== 'object' || wanted === null || Array.isArray(wanted)) {
    return { kind: 'invalid', faults: [faultAt([], `Expected a JSON object, the ${itemKinds[kind].noun}`)] };
  }
  const { idField } = itemKinds[kind];
  const item: JsonObject = { [idField]: id, ...wanted };
  const faults: ItemFault[] = [];
  if (!ItemId.safeParse(id).success) {
    const form = 'Expected at most 64 lower-case letters, digits, "-" and "_", in parts between "/"';
    return { kind: 'invalid', faults: [faultAt([idField], `"${id.slice(0, 80)}" can't be an id. ${form}`)] };
  }
  if (item[idField] !== id) faults.push(faultAt([idField], `Expected "${id}", the id in the path`));
  const text = canonicalJson([[item]]);
  if (text === undefined) faults.push(faultAt([], 'Expected JSON of at most 30 levels'));
  else if (text.length > largestItem) faults.push(faultAt([], `Expected at most ${largestItem} characters of JSON`));
  if (faults.length > 0) return { kind: 'invalid', faults };
  const result = parseItem(kind, item);
  if (!result.success) return { kind: 'invalid', faults: result.error.issues.flatMap((issue) => faultsOf(issue)) };
  return { kind: 'item', item, parsed: result.data };
}

/** Faults of an issue; of a choice between shapes, those of the shape that fits best. */
function faultsOf(issue: z.core.$ZodIssue, above: readonly PropertyKey[] = []): ItemFault[] {
  const path = [...above, ...issue.path];
  if (issue.code === 'invalid_union' && !issue.errors.every(isOfAnotherKind)) {
    const [best = []] = issue.errors.filter((branch) => !isOfAnotherKind(branch)).sort((a, b) => a.length - b.length);
    return best.flatMap((inner) => faultsOf(inner, path));
  }
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => faultAt([...path, key], noSuchField));
  // What is wrong with a name is said of the field that has it.
  if (issue.code === 'invalid_key') return issue.issues.map(({ message }) => faultAt(path, message));
  return [faultAt(path, issue.message)];
}

/** Whether another shape was meant than this one: already the value as a whole does not fit it. */
function isOfAnotherKind(issues: readonly z.core.$ZodIssue[]): boolean {
  return issues.some(({ path, code }) => path.length === 0 && (code === 'invalid_type' || code === 'invalid_value'));
}
