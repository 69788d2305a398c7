import { cdkOnStage } from '../deploy/cdk-on-stage.ts';
import { runScript } from '../run/run-script.ts';

/** `npm run diff -- --stage dev [options of cdk diff]`: what a deploy would change in every stack of a stage. */
await runScript(() => cdkOnStage('diff', process.argv.slice(2)));
