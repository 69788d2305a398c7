import * as z from 'zod';
import { visitBindings } from '#local-cloud/services/step-functions/engine/visit-bindings.ts';
import type { VisitContext } from '#local-cloud/services/step-functions/engine/visit-context.ts';
import { evaluate, evaluateAs } from '#local-cloud/services/step-functions/jsonata/evaluate.ts';
import type { MapState } from '#local-cloud/services/step-functions/language/state.ts';
import type { ReadItems } from './read-items.ts';

/** What the children of a map run get, and how many items each has. */
export interface ChildInputs {
  readonly inputs: readonly unknown[];
  readonly sizes: readonly number[];
}

/** Selects from each item what its child needs, and puts them together in batches. Throws `StateError`. */
export async function childInputs(
  context: VisitContext,
  { ItemSelector, ItemBatcher }: MapState,
  read: ReadItems,
): Promise<ChildInputs> {
  const items = ItemSelector === undefined ? read.items : await selected(context, ItemSelector, read);
  if (ItemBatcher === undefined) return { inputs: items, sizes: items.map(() => 1) };
  const bindings = context.bindings();
  const number = async (name: 'MaxItemsPerBatch' | 'MaxInputBytesPerBatch', otherwise: number) =>
    ItemBatcher[name] === undefined
      ? otherwise
      : await evaluateAs('number', z.int().min(1), ItemBatcher[name], `ItemBatcher/${name}`, bindings);
  const mostItems = await number('MaxItemsPerBatch', Number.POSITIVE_INFINITY);
  const mostBytes = await number('MaxInputBytesPerBatch', maximumBytes);
  const shared =
    ItemBatcher.BatchInput === undefined
      ? {}
      : { BatchInput: await evaluate(ItemBatcher.BatchInput, 'ItemBatcher/BatchInput', bindings) };
  const batches = batchesOf(items, mostItems, mostBytes - bytesOf({ ...shared, Items: [] }));
  return { inputs: batches.map((batch) => ({ ...shared, Items: batch })), sizes: batches.map(({ length }) => length) };
}

/** What an execution's input may have. */
const maximumBytes = 262_144;

const bytesOf = (value: unknown) => Buffer.byteLength(JSON.stringify(value));

async function selected(context: VisitContext, ItemSelector: unknown, { items, source }: ReadItems) {
  const { run, scope, visit, place } = context;
  const chosen: unknown[] = [];
  for (const [index, item] of items.entries()) {
    const mapItem = { Index: index, Value: item, Source: source };
    const bindings = visitBindings(run, scope, visit, { ...place, mapItem }, {});
    chosen.push(await evaluate(ItemSelector, 'ItemSelector', bindings));
  }
  return chosen;
}

/** Items in their order, each batch as full as it may be; one that is too large by itself has a batch for itself. */
function batchesOf(items: readonly unknown[], mostItems: number, mostBytes: number): readonly (readonly unknown[])[] {
  const batches: unknown[][] = [];
  let bytes = 0;
  for (const item of items) {
    // With the comma before it.
    const itemBytes = bytesOf(item) + 1;
    const last = batches.at(-1);
    if (last === undefined || last.length >= mostItems || bytes + itemBytes > mostBytes) {
      batches.push([item]);
      bytes = itemBytes;
    } else {
      last.push(item);
      bytes += itemBytes;
    }
  }
  return batches;
}
