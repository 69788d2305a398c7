import { type App, Aspects, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { OnlyLoopFunctions } from '#infra/constructs/only-loop-functions.ts';

/** Lets the synth fail on findings: cdk-nag's two packs and functions made elsewhere. CloudFormation Validate is CDK's own and always on. */
export function addChecks(app: App): void {
  Aspects.of(app).add(new OnlyLoopFunctions());
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
}
