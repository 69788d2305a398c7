import * as z from 'zod';
import { cdkOnStage } from '#scripts/deploy/cdk-on-stage.ts';
import { command } from '#scripts/run/command.ts';

export const diff = command({
  name: 'diff',
  summary: 'Says what a deploy would change in every stack of a stage',
  passesOnTo: 'cdk diff',
  values: z.object({
    stage: z.string().default('dev').describe('The stage'),
    profile: z.string().optional().describe('The profile of AWS’s settings whose credentials are taken'),
  }),
  main: (_, args) => cdkOnStage('diff', args),
});
