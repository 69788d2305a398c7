import { cdkOnStage } from './deploy/cdk-on-stage.ts';
import { runScript } from './run-script.ts';

/** `npm run deploy -- --stage dev [options of cdk deploy]`: deploys every stack of a stage. */
await runScript(() => cdkOnStage('deploy', process.argv.slice(2)));
