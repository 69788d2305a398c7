import * as z from 'zod';
import { FoldableRow } from '#domain/lake/row-to-interaction.ts';
import { runQuery } from '#scripts/athena-query.ts';
import type { AuditedRun } from './audited-run.ts';

const Landed = FoldableRow.extend({ persona_id: z.string() });
export type Landed = z.infer<typeof Landed>;

/** What the lake holds of a run. */
export interface LakeContents {
  readonly interactions: readonly Landed[];
  /** Message ids of refused events, each once. */
  readonly rejected: readonly string[];
}

const columns = Object.keys(Landed.shape);

/** Reads a run's rows of `v_interactions` and `rejected_interactions`. */
export async function lakeContents({ target, idPrefix }: AuditedRun): Promise<LakeContents> {
  const own = `message_id LIKE '${idPrefix}%'`;
  const [landed, refused] = await Promise.all([
    runQuery(target, `SELECT ${columns.join(', ')} FROM v_interactions WHERE ${own}`),
    runQuery(target, `SELECT DISTINCT message_id FROM rejected_interactions WHERE ${own}`),
  ]);
  return {
    interactions: landed.rows.map((row) =>
      Landed.parse({ ...row, occurred_at: isoTime(row.occurred_at), received_at: isoTime(row.received_at) }),
    ),
    rejected: refused.rows.map(({ message_id }) => String(message_id)),
  };
}

/** Athena's `2026-03-01 12:00:00.000` in ISO 8601. */
function isoTime(text: string | null | undefined): string {
  return `${String(text).replace(' ', 'T')}Z`;
}
