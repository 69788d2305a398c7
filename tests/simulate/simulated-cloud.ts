import { startLocalCloud } from '#local-cloud/cloud/local-cloud.ts';
import { seedCredentials } from '#scripts/local/seed-credentials.ts';
import { localTarget, type Target } from '#scripts/target/target.ts';
import { type DecisionRegister, openDecisionRegister } from '#support/auditors/decision-register.ts';
import { openProfileRegister, type ProfileRegister } from '#support/auditors/profile-register.ts';

type Cloud = Awaited<ReturnType<typeof startLocalCloud>>;

/** A local cloud in this process, with what a simulation needs of it. */
export interface SimulatedCloud {
  readonly cloud: Cloud;
  readonly target: Target;
  readonly writeKey: string;
  readonly serverKey: string;
  readonly adminKey: string;
  readonly register: ProfileRegister;
  readonly decisions: DecisionRegister;
}

/** Starts a cloud at a point of time. */
export async function startSimulatedCloud(assemblyDirectory: string, now: number): Promise<SimulatedCloud> {
  const cloud = await startLocalCloud({ assemblyDirectory, now });
  const keys = await seedCredentials(cloud);
  const target = localTarget({ ...cloud, ...keys, athena: { database: '', workgroup: '' } });
  return {
    cloud,
    target,
    ...keys,
    register: await openProfileRegister(target),
    decisions: openDecisionRegister(target),
  };
}
