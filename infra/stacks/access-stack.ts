import { Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { StageConfig } from '#infra/config.ts';
import { OperatorRole } from '#infra/constructs/operator-role.ts';
import { PersonRole } from '#infra/constructs/person-role.ts';
import { tell } from '#infra/constructs/tell.ts';
import type { DataStack } from './data-stack.ts';

export interface AccessStackProps extends StackProps {
  readonly config: StageConfig;
  readonly data: DataStack;
  /** The other stacks that tell scripts where things are. */
  readonly running: readonly Stack[];
}

/** Who of the firm's people may do what: an analyst asks the lake; an operator watches a stage and mends it. */
export class AccessStack extends Stack {
  constructor(scope: Construct, id: string, { config, data, running, ...props }: AccessStackProps) {
    super(scope, id, props);
    const analyst = new PersonRole(this, 'analyst', 'Asks the lake in its workgroup, and reads nothing else');
    data.lake.allowsPeople(analyst);

    const operator = new OperatorRole(this, 'operator', { config, data, running });

    // What every script with --stage asks first.
    for (const role of [analyst, operator])
      role.may(['cloudformation:DescribeStacks'], ...[data, ...running].map(({ stackId }) => stackId));
    tell(this, { AnalystRoleArn: analyst.roleArn, OperatorRoleArn: operator.roleArn });
  }
}
