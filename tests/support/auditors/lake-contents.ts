import { runQuery } from '#scripts/athena/athena-query.ts';
import { type LandedRow, landedColumns, landedRow } from '#scripts/rebuild/landed-row.ts';
import type { AuditedRun } from './audited-run.ts';

/** What the lake holds of a run. */
export interface LakeContents {
  readonly interactions: readonly LandedRow[];
  /** Every delivery of all that its personas' profiles are folded from: these, and what was told of their decisions. */
  readonly deliveries: readonly LandedRow[];
  /** Message ids of refused events, each once. */
  readonly rejected: readonly string[];
}

/** Reads a run's rows of `v_interactions`, of the table below it, and of `rejected_interactions`. */
export async function lakeContents({ target, idPrefix }: AuditedRun): Promise<LakeContents> {
  const own = [idPrefix]
    .flat()
    .map((prefix) => `message_id LIKE '${prefix}%'`)
    .join(' OR ');
  const [landed, delivered, refused] = await Promise.all([
    runQuery(target, `SELECT ${landedColumns} FROM v_interactions WHERE ${own}`),
    runQuery(
      target,
      `SELECT ${landedColumns} FROM interactions WHERE persona_id IN (SELECT persona_id FROM interactions WHERE ${own})`,
    ),
    runQuery(target, `SELECT DISTINCT message_id FROM rejected_interactions WHERE ${own}`),
  ]);
  return {
    interactions: landed.rows.map(landedRow),
    deliveries: delivered.rows.map(landedRow),
    rejected: refused.rows.map(({ message_id }) => String(message_id)),
  };
}
