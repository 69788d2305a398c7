import { cdkOnStage } from '#scripts/deploy/cdk-on-stage.ts';
import { cdkValues } from '#scripts/deploy/cdk-values.ts';
import { command } from '#scripts/run/command.ts';

export const diff = command({
  name: 'diff',
  summary: 'Says what a deploy would change in every stack of a stage',
  passesOnTo: 'cdk diff',
  values: cdkValues,
  main: (_, args) => cdkOnStage('diff', args),
});
