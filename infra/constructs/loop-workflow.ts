import { readFileSync } from 'node:fs';
import { ArnFormat, RemovalPolicy, Stack, Token, Validations } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { CfnStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import type { LoopFunction } from './loop-function.ts';

export interface LoopWorkflowProps {
  /** The definition, from the app's folder. */
  readonly file: string;
  /** The functions that its tasks call, by the names that stand for them in the definition. */
  readonly functions: Readonly<Record<string, LoopFunction>>;
  /** What else the definition has names for. */
  readonly values: Readonly<Record<string, string>>;
  readonly logRetention: RetentionDays;
  /** Whether X-Ray takes traces of its executions. */
  readonly tracing: boolean;
}

/** The one way to make a state machine: Standard, logged, with a role that may call its functions and go through its own maps. */
export class LoopWorkflow extends Construct {
  readonly role: Role;
  readonly stateMachineArn: string;
  readonly executionsArn: string;

  constructor(scope: Construct, id: string, props: LoopWorkflowProps) {
    super(scope, id);
    // Its own ARN is in its role: a name says it without a circle.
    const name = `${Stack.of(this).stackName}-${id}`;
    this.stateMachineArn = this.arnOf('stateMachine', name);
    this.executionsArn = this.arnOf('execution', `${name}:*`);
    this.role = new Role(this, 'role', { assumedBy: new ServicePrincipal('states.amazonaws.com') });
    this.allow(['lambda:InvokeFunction'], ...Object.values(props.functions).map(({ functionArn }) => functionArn));
    this.allow(['states:StartExecution'], this.stateMachineArn);
    this.allowsOnExecutions(this.role, ['states:DescribeExecution', 'states:StopExecution']);
    this.allow(['states:RedriveExecution'], this.arnOf('execution', `${name}/*`));
    this.acknowledgeExecutions(this.role, '/*');
    const logs = this.logs(props.logRetention);
    const machine = new CfnStateMachine(this, 'Resource', {
      stateMachineName: name,
      stateMachineType: 'STANDARD',
      definitionString: readFileSync(props.file, 'utf8'),
      definitionSubstitutions: {
        ...props.values,
        ...Object.fromEntries(Object.entries(props.functions).map(([key, { functionArn }]) => [key, functionArn])),
      },
      roleArn: this.role.roleArn,
      // What states hand each other is of customers: it stays out of logs.
      loggingConfiguration: {
        level: 'ALL',
        includeExecutionData: false,
        destinations: [{ cloudWatchLogsLogGroup: { logGroupArn: logs.logGroupArn } }],
      },
      tracingConfiguration: { enabled: props.tracing },
    });
    machine.node.addDependency(this.role);
    acknowledgeFindings(this, machine, props.tracing);
  }

  /** Lets a role do something with its executions, whose names are of their runs. */
  allowsOnExecutions(role: Role, actions: string[]): void {
    role.addToPrincipalPolicy(new PolicyStatement({ actions, resources: [this.executionsArn] }));
    this.acknowledgeExecutions(role, ':*');
  }

  private acknowledgeExecutions(role: Role, suffix: string): void {
    const { partition, region, account, stackName } = Stack.of(this);
    const shown = (part: string, name: string) => (Token.isUnresolved(part) ? `<AWS::${name}>` : part);
    const place = `${shown(partition, 'Partition')}:states:${shown(region, 'Region')}:${shown(account, 'AccountId')}`;
    Validations.of(role).acknowledge({
      id: `AwsSolutions-IAM5[Resource::arn:${place}:execution:${stackName}-${this.node.id}${suffix}]`,
      reason:
        'An execution has its run’s name, and one of a map a name that AWS gives it: the machine’s is the narrowest there is.',
    });
  }

  private allow(actions: string[], ...resources: string[]): void {
    this.role.addToPrincipalPolicy(new PolicyStatement({ actions, resources }));
  }

  private arnOf(resource: string, resourceName: string): string {
    return Stack.of(this).formatArn({
      service: 'states',
      resource,
      resourceName,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
  }

  /** A log group; who delivers logs may say so of none in particular. */
  private logs(retention: RetentionDays): LogGroup {
    const group = new LogGroup(this, 'logs', { retention, removalPolicy: RemovalPolicy.DESTROY });
    this.allow(
      [
        'logs:CreateLogDelivery',
        'logs:GetLogDelivery',
        'logs:UpdateLogDelivery',
        'logs:DeleteLogDelivery',
        'logs:ListLogDeliveries',
        'logs:PutResourcePolicy',
        'logs:DescribeResourcePolicies',
        'logs:DescribeLogGroups',
        'xray:PutTraceSegments',
        'xray:PutTelemetryRecords',
      ],
      '*',
    );
    return group;
  }
}

function acknowledgeFindings({ role }: LoopWorkflow, machine: CfnStateMachine, tracing: boolean): void {
  Validations.of(role).acknowledge({
    id: 'AwsSolutions-IAM5[Resource::*]',
    reason:
      'Log delivery and traces are of no particular resource: the guide to Step Functions lists these actions on *.',
  });
  if (!tracing) {
    for (const id of ['AwsSolutions-SF2', 'Serverless-StepFunctionStateMachineXray'])
      Validations.of(machine).acknowledge({
        id,
        reason: 'Traces cost more than what they watch; a stage turns them on while it looks for something.',
      });
  }
}
