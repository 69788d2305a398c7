import type { RulePlace } from '#domain/vocabulary/rule-place.ts';
import type { ItemKind } from './item-kinds.ts';
import { kindDefinitions } from './kind-definitions.ts';
import type { ParsedItem } from './parsed-item.ts';

/** Every rule and expression of an item. */
export function rulesOf<Kind extends ItemKind>({ kind, item }: ParsedItem<Kind>): readonly RulePlace[] {
  return kindDefinitions[kind].rules(item);
}
