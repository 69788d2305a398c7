import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import * as z from 'zod';
import { stageConfig } from '#infra/config.ts';
import { type StagePlace, stagePlace } from '#scripts/target/stage-place.ts';
import { cdkArguments } from './cdk-arguments.ts';
import { checkBootstrap } from './check-bootstrap.ts';
import { leaveSealingKey } from './leave-sealing-key.ts';

const CdkJson = z.object({ context: z.object({ '@aws-cdk/core:bootstrapQualifier': z.string().optional() }) });

/**
 * Runs a command of CDK on every stack of a stage. What can be known beforehand, that the stage exists, whose credentials these
 * are, that they lead where the stage may stand and that CDK is bootstrapped there, is checked before the app is synthesized.
 */
export async function cdkOnStage(command: 'deploy' | 'diff', args: readonly string[]): Promise<void> {
  const { stage, profile, passedOn } = cdkArguments(args);
  if (profile !== undefined) process.env.AWS_PROFILE = profile;
  const place = await stagePlace(stageConfig(stage));
  const { context } = CdkJson.parse(JSON.parse(readFileSync('cdk.json', 'utf8')));
  await checkBootstrap(place, context['@aws-cdk/core:bootstrapQualifier']);
  console.log(`Stage ${stage} in account ${place.account}, ${place.region}, as ${place.caller}`);
  process.exitCode = await cdk([command, '--all', '--context', `stage=${stage}`, ...passedOn], place);
  if (command === 'deploy' && process.exitCode === 0) await leaveSealingKey(stage);
}

async function cdk(args: readonly string[], { region }: StagePlace): Promise<number> {
  const cli = createRequire(import.meta.url).resolve('aws-cdk/bin/cdk');
  // Without a region CDK's command line goes to us-east-1.
  const child = spawn(process.execPath, [cli, ...args], {
    stdio: 'inherit',
    env: { ...process.env, AWS_REGION: region },
  });
  const [code] = await once(child, 'exit');
  return Number(code ?? 1);
}
