import { Validations } from 'aws-cdk-lib';
import { AccountRootPrincipal, PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';

/** A role that people take: those of the account whom IAM allows `sts:AssumeRole` on it, and nobody by its own word. */
export class PersonRole extends Role {
  constructor(scope: Construct, id: string, description: string) {
    super(scope, id, { assumedBy: new AccountRootPrincipal(), description });
  }

  /** Grants actions on ARNs. */
  may(actions: readonly string[], ...resources: readonly string[]): this {
    this.addToPrincipalPolicy(new PolicyStatement({ actions: [...actions], resources: [...resources] }));
    return this;
  }

  /** Grants actions that AWS ties to no resource. */
  mayAnywhere(actions: readonly string[], because: string): this {
    Validations.of(this).acknowledge({ id: 'AwsSolutions-IAM5[Resource::*]', reason: because });
    return this.may(actions, '*');
  }

  /** Grants actions on what has the tags of a stage. */
  mayOnStage(actions: readonly string[], stage: string): this {
    this.addToPrincipalPolicy(
      new PolicyStatement({
        actions: [...actions],
        resources: ['*'],
        conditions: { StringEquals: { 'aws:ResourceTag/application': 'lemniscate', 'aws:ResourceTag/stage': stage } },
      }),
    );
    return this;
  }
}
