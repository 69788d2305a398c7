import { readItem } from '#domain/catalogue/parsed-item.ts';
import type { FileItem } from './item-files.ts';

/** The items whose state is draft, as `kind/id`; an item that says nothing of its state is one. */
export function draftsAmong(items: readonly FileItem[]): readonly string[] {
  return items.flatMap(({ kind, id, item }) => {
    const read = readItem(kind, id, item);
    const isDraft = read.kind === 'item' && 'state' in read.parsed.item && read.parsed.item.state === 'draft';
    return isDraft ? [`${kind}/${id}`] : [];
  });
}
