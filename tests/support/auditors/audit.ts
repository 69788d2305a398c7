import { livePersonas } from '#scripts/rebuild/live-personas.ts';
import { stageNames } from '#scripts/rebuild/stage-names.ts';
import { auditConsents } from './audit-consents.ts';
import { auditCount } from './audit-count.ts';
import { auditDecisions } from './audit-decisions.ts';
import { auditIdentities } from './audit-identities.ts';
import { auditRebuild } from './audit-rebuild.ts';
import { auditSet } from './audit-set.ts';
import { auditWindows } from './audit-windows.ts';
import type { AuditedRun, Finding } from './audited-run.ts';
import type { DecisionRegister } from './decision-register.ts';
import { lakeContents } from './lake-contents.ts';
import type { ProfileRegister } from './profile-register.ts';

/**
 * Asks all auditors about a run that has come to rest: nothing lost, nothing counted twice, nothing invented. Those of decisions are
 * asked where touchpoints asked for some.
 */
export async function audit(
  run: AuditedRun,
  register: ProfileRegister,
  decisions?: DecisionRegister,
): Promise<Finding[]> {
  const [lake, live, isInUse] = await Promise.all([
    lakeContents(run),
    livePersonas(run.target),
    stageNames(run.target),
    register.read(),
  ]);
  const { touchpoints } = run;
  const decided =
    touchpoints === undefined || decisions === undefined ? [] : await auditDecisions(run, touchpoints, decisions);
  return [
    ...auditSet(run, lake),
    ...(await auditCount(run, live, decisions)),
    ...(await auditConsents(run, live)),
    ...auditRebuild(lake, live, isInUse),
    ...(await auditWindows(run, live)),
    ...(await auditIdentities(run.target)),
    ...register.findings(),
    ...decided,
  ];
}
