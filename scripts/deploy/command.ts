import { command } from '#scripts/run/command.ts';
import { cdkOnStage } from './cdk-on-stage.ts';
import { cdkValues } from './cdk-values.ts';

export const deploy = command({
  name: 'deploy',
  summary: 'Deploys every stack of a stage',
  notes: 'It looks first whether the credentials and the region lead where the stage may stand (docs/deploying.md).',
  passesOnTo: 'cdk deploy',
  values: cdkValues,
  main: (_, args) => cdkOnStage('deploy', args),
});
