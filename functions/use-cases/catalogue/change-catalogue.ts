import { type ChangePlan, type ChangeRequest, planChange } from '#domain/catalogue/plan-change.ts';
import type { PastItem } from '#domain/catalogue/stored-catalogue.ts';
import type { CatalogueStore } from '#ports/catalogue-store.ts';
import { CatalogueContendedError } from '#runtime/errors.ts';
import { untilSettled } from '#runtime/retry.ts';

export interface ChangeCatalogueDeps {
  readonly store: Pick<CatalogueStore, 'load' | 'save'>;
  /** Touchpoints and channels that the stage has; those of every stage unless said. */
  readonly touchpoints?: readonly string[];
  readonly now: () => number;
  readonly pause: (attempt: number) => Promise<void>;
}

/** A plan that is a version of its item, and one that leaves all as it is. */
export type Change = Extract<ChangePlan, { catalogueVersion: string }>;
export type NoChange = Exclude<ChangePlan, Change>;

type Outcome =
  | { readonly kind: 'saved'; readonly plan: Change; readonly version: number }
  | { readonly kind: 'as it was'; readonly plan: NoChange };

/** Writers of different items race too, for the catalogue has one order of changes; a dozen at once all get through. */
const mostAttempts = 12;

/** Saves a change of the catalogue as a version, unless there is nothing to save. Throws {@link CatalogueContendedError}. */
export async function changeCatalogue(
  wanted: ChangeRequest,
  updatedBy: string,
  { store, touchpoints, now, pause }: ChangeCatalogueDeps,
): Promise<Outcome> {
  const settled = await untilSettled(mostAttempts, pause, async (): Promise<Outcome | 'conflict'> => {
    const catalogue = await store.load();
    const plan = planChange(wanted, catalogue, false, touchpoints);
    if (!isChange(plan)) return { kind: 'as it was', plan };
    const change: Omit<PastItem, 'version'> = {
      kind: wanted.kind,
      id: wanted.id,
      updatedAt: new Date(now()).toISOString(),
      updatedBy,
      ...(plan.kind === 'deleted' ? {} : savedOf(plan)),
    };
    const { revision } = catalogue;
    const outcome = await store.save({ revision, change, catalogueVersion: plan.catalogueVersion });
    return outcome === 'saved' ? { kind: 'saved', plan, version: revision + 1 } : 'conflict';
  });
  if (settled === 'conflict')
    throw new CatalogueContendedError(
      `The catalogue changed under ${mostAttempts} attempts to save ${wanted.kind}/${wanted.id}`,
    );
  return settled;
}

function savedOf({ item, places }: Extract<Change, { item: unknown }>) {
  return places === undefined ? { item } : { item, places: [...places] };
}

function isChange(plan: ChangePlan): plan is Change {
  return 'catalogueVersion' in plan;
}
