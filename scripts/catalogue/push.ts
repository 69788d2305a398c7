import { type ItemKind, itemKindNames } from '#domain/catalogue/item-kinds.ts';
import { canonicalJson } from '#domain/text/canonical-json.ts';
import type { JsonObject } from '#domain/text/json-object.ts';
import type { FileItem } from './item-files.ts';
import type { RemoteCatalogue, WriteOutcome } from './remote-catalogue.ts';

/** One step of a push. `version` is what the step was planned from. */
export type PushStep =
  | { readonly effect: 'create'; readonly kind: ItemKind; readonly id: string; readonly item: JsonObject }
  | {
      readonly effect: 'change';
      readonly kind: ItemKind;
      readonly id: string;
      readonly item: JsonObject;
      /** The item as it is now. */
      readonly was: JsonObject;
      readonly version: number;
    }
  | { readonly effect: 'delete'; readonly kind: ItemKind; readonly id: string; readonly version: number };

export interface PushPlan {
  /** In an order that the references between items allow; `unchanged` items have none. */
  readonly steps: readonly PushStep[];
  readonly unchanged: number;
}

/** What has to be done so that the remote catalogue is the given items, and nothing else. */
export async function planPush(items: readonly FileItem[], remote: RemoteCatalogue): Promise<PushPlan> {
  const puts: PushStep[] = [];
  const deletes: PushStep[] = [];
  let unchanged = 0;
  for (const kind of itemKindNames) {
    const there = new Map((await remote.list(kind)).map((item) => [item.id, item]));
    for (const { id, item } of items.filter((each) => each.kind === kind)) {
      const old = there.get(id);
      there.delete(id);
      if (old === undefined) puts.push({ effect: 'create', kind, id, item });
      else if (canonicalJson(old.item) === canonicalJson(item)) unchanged += 1;
      else puts.push({ effect: 'change', kind, id, item, was: old.item, version: old.version });
    }
    for (const { id, version } of there.values()) deletes.unshift({ effect: 'delete', kind, id, version });
  }
  return { steps: [...puts, ...deletes], unchanged };
}

/**
 * Does the steps. Some wait for others (a segment that names another, a placement that moves between strategies), so that
 * refused steps are tried again as long as any other went through. Throws an Error with what is left then.
 */
export async function carryOut(steps: readonly PushStep[], remote: RemoteCatalogue): Promise<void> {
  let left = steps;
  for (;;) {
    const refused: { step: PushStep; outcome: Extract<WriteOutcome, { kind: 'refused' }> }[] = [];
    for (const step of left) {
      const outcome = await take(step, remote);
      if (outcome.kind === 'refused') refused.push({ step, outcome });
    }
    if (refused.length === 0) return;
    const isHopeless = refused.length === left.length || refused.some(({ outcome }) => !mayPass.includes(outcome.code));
    if (isHopeless) {
      const reasons = refused.map(({ step, outcome }) => `${step.kind}/${step.id}: ${outcome.message}`);
      throw new Error(`${refused.length} of ${steps.length} changes were refused:\n${reasons.join('\n')}`);
    }
    left = refused.map(({ step }) => step);
  }
}

/** Refusals that another step may do away with. */
const mayPass = ['invalid_item', 'still_referenced', 'catalogue_busy'];

function take(step: PushStep, remote: RemoteCatalogue): Promise<WriteOutcome> {
  switch (step.effect) {
    case 'create':
      return remote.put(step.kind, step.id, step.item, undefined);
    case 'change':
      return remote.put(step.kind, step.id, step.item, step.version);
    case 'delete':
      return remote.delete(step.kind, step.id, step.version);
  }
}
