import * as z from 'zod';
import { command } from '#scripts/run/command.ts';
import { cdkOnStage } from './cdk-on-stage.ts';

export const deploy = command({
  name: 'deploy',
  summary: 'Deploys every stack of a stage',
  notes: 'It looks first whether the credentials and the region lead where the stage may stand (docs/deploying.md).',
  passesOnTo: 'cdk deploy',
  values: z.object({
    stage: z.string().default('dev').describe('The stage'),
    profile: z.string().optional().describe('The profile of AWS’s settings whose credentials are taken'),
  }),
  main: (_, args) => cdkOnStage('deploy', args),
});
