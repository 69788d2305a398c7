import type { LakeColumn } from './table.ts';

/** A view over the lake's tables; its SQL is `infra/lake/views/<name>.sql`. */
export interface LakeViewDefinition {
  readonly name: string;
  readonly description: string;
  /** What the query answers, in its order; Athena refuses a view whose columns differ from its query's. */
  readonly columns: readonly LakeColumn[];
}
