import { type ItemKind, itemKindNames } from '#domain/catalogue/item-kinds.ts';
import type { HttpRequest } from './http.ts';

/** The kind that a path of the catalogue's API names, and the item when it names one. Throws a TypeError for another path. */
export function cataloguePath({ rawPath, pathParameters }: HttpRequest): { kind: ItemKind; id: string | undefined } {
  const [, , named] = rawPath.split('/');
  const kind = itemKindNames.find((name) => name === named);
  if (kind === undefined) throw new TypeError(`Expected a route of the catalogue, got one under /v1/${named}`);
  return { kind, id: pathParameters?.id };
}
