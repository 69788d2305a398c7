import { nearest } from '#domain/text/nearest.ts';
import { faultAt, type ItemFault } from '#domain/vocabulary/item-fault.ts';
import type { ItemKind } from './item-kinds.ts';
import { kindDefinitions } from './kind-definitions.ts';
import type { ParsedItem } from './parsed-item.ts';

/** The touchpoints and channels that an item names and the stage does not have. */
export function touchpointFaults(parsed: ParsedItem, known: readonly string[]): readonly ItemFault[] {
  return placesOf(parsed)
    .filter(({ name }) => !known.includes(name))
    .map(({ path, name, words = unknownWords(name, known) }) => faultAt(path, words));
}

function placesOf<Kind extends ItemKind>({ kind, item }: ParsedItem<Kind>) {
  return kindDefinitions[kind].touchpoints(item);
}

function unknownWords(name: string, known: readonly string[]): string {
  const meant = nearest(name, known);
  return `Expected one of ${known.join(', ')}${meant === undefined ? '' : `; did you mean ${meant}?`}`;
}
