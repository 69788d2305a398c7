import { runScript } from '../run/run-script.ts';
import { cdkOnStage } from './cdk-on-stage.ts';

/** `npm run deploy -- --stage dev [options of cdk deploy]`: deploys every stack of a stage. */
await runScript(() => cdkOnStage('deploy', process.argv.slice(2)));
