import type { Decision } from '#domain/decision/decision.ts';
import { shownBy } from '#domain/decision/decision-effects.ts';
import { type Finding, findingsOf } from './audited-run.ts';
import type { TouchpointLog } from './touchpoint-log.ts';

/** Nobody is shown anything of a channel after a no to it was acknowledged and had its effects. Only where all on it is for marketing. */
export function auditRefusals({ refusals }: TouchpointLog, decisions: readonly Decision[]): Finding[] {
  const wrong = refusals.flatMap(({ personaId, channel, heardMs }) =>
    decisions
      .filter((decision) => decision.personaId === personaId && decision.atMs > heardMs)
      .filter((decision) => shownBy(decision).some(({ candidate }) => candidate.channel === channel))
      .map(({ decisionId }) => `${decisionId} (${channel})`),
  );
  return findingsOf('consents', 'decided after a no', wrong);
}
