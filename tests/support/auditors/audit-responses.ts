import type { Decision } from '#domain/decision/decision.ts';
import { shownBy } from '#domain/decision/decision-effects.ts';
import { dispositionId, type ToldDisposition } from '#domain/disposition/told-disposition.ts';
import { type Finding, findingsOf } from './audited-run.ts';
import type { TouchpointLog } from './touchpoint-log.ts';

/** What is remembered and landed of dispositions; the lake's with whether nobody can place them. */
export interface KnownResponses {
  readonly records: ReadonlyMap<string, Decision>;
  readonly remembered: ReadonlyMap<string, ToldDisposition>;
  readonly landed: ReadonlyMap<string, boolean>;
}

/** Every disposition that was acknowledged is remembered and in the lake, as known or unknown as its decision is, and none was invented. */
export function auditResponses({ told }: TouchpointLog, { records, remembered, landed }: KnownResponses): Finding[] {
  const taken = new Map(told.filter(({ isTaken }) => isTaken).map((one) => [dispositionId(one), one]));
  const all = new Set(told.map(dispositionId));
  const find = (what: string, ids: readonly string[]) => findingsOf('responses', what, ids);
  const ids = [...taken.keys()];
  return [
    ...find(
      'acknowledged and not remembered',
      ids.filter((id) => !remembered.has(id)),
    ),
    ...find(
      'acknowledged and not in the lake',
      ids.filter((id) => !landed.has(id)),
    ),
    ...find(
      'in the lake and never told',
      [...landed.keys()].filter((id) => !all.has(id)),
    ),
    ...find(
      'in the lake as what it is not, known or unknown',
      [...taken].flatMap(([id, { decisionId, treatmentId }]) => {
        const isShown = shownBy(records.get(decisionId) ?? { placements: [] }).some(
          ({ candidate }) => candidate.treatmentId === treatmentId,
        );
        return landed.has(id) && landed.get(id) === isShown ? [id] : [];
      }),
    ),
  ];
}
