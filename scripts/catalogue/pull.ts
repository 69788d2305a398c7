import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { type ItemKind, itemKindNames } from '#domain/catalogue/item-kinds.ts';
import { readItem } from '#domain/catalogue/parsed-item.ts';
import { canonicalJson } from '#domain/text/canonical-json.ts';
import { schemaLineIn } from './editor-schemas.ts';
import { fileOf, idsIn } from './item-files.ts';
import { readItemText, textOfItem } from './item-text.ts';
import type { RemoteCatalogue } from './remote-catalogue.ts';

/** What a pull does to one file; `text` is what it will hold. */
export type PullStep =
  | { readonly effect: 'create' | 'change'; readonly kind: ItemKind; readonly id: string; readonly text: string }
  | { readonly effect: 'delete'; readonly kind: ItemKind; readonly id: string };

export interface PullPlan {
  readonly steps: readonly PullStep[];
  readonly unchanged: number;
}

/** What has to be done so that a directory holds the remote catalogue. A file that means the same stays, with its comments. */
export async function planPull(directory: string, remote: RemoteCatalogue): Promise<PullPlan> {
  const steps: PullStep[] = [];
  let unchanged = 0;
  for (const kind of itemKindNames) {
    const left = new Set(idsIn(directory, kind));
    for (const { id, item } of await remote.list(kind)) {
      const isThere = left.delete(id);
      if (isThere && meansTheSame(directory, kind, id, item)) unchanged += 1;
      else {
        const text = `${schemaLineIn(directory, kind, id)}${textOfItem(item)}`;
        steps.push({ effect: isThere ? 'change' : 'create', kind, id, text });
      }
    }
    for (const id of left) steps.push({ effect: 'delete', kind, id });
  }
  return { steps, unchanged };
}

/** Writes and removes the files. */
export function writeFiles(directory: string, steps: readonly PullStep[]): void {
  for (const step of steps) {
    const file = fileOf(directory, step.kind, step.id);
    if (step.effect === 'delete') {
      rmSync(file);
      continue;
    }
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, step.text);
  }
}

function meansTheSame(directory: string, kind: ItemKind, id: string, item: unknown): boolean {
  const { value } = readItemText(readFileSync(fileOf(directory, kind, id), 'utf8'));
  const read = readItem(kind, id, value);
  return read.kind === 'item' && canonicalJson(read.item) === canonicalJson(item);
}
