import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { StageConfig } from '#infra/config.ts';
import type { DataStack } from '#infra/stacks/data-stack.ts';
import { DeadLetterQueue } from './dead-letter-queue.ts';
import { PersonRole } from './person-role.ts';
import { sealingKeyName } from './sealing-key-name.ts';

export interface OperatorRoleProps {
  readonly config: StageConfig;
  readonly data: DataStack;
  /** The stacks that may have dead letters. */
  readonly running: readonly Stack[];
}

/** Watches a stage and mends it. */
export class OperatorRole extends PersonRole {
  constructor(scope: Construct, id: string, { config, data, running }: OperatorRoleProps) {
    super(scope, id, 'Reads logs and metrics, and runs the scripts that mend a stage');
    watches(this, config);
    redrives(this, data, running);
    rebuilds(this, data);
    opens(this, data, config);
  }
}

function watches(role: PersonRole, { stage }: StageConfig): void {
  role
    .mayOnStage(['logs:DescribeLogStreams', 'logs:FilterLogEvents', 'logs:StartQuery'], stage)
    .mayAnywhere(
      [
        'cloudwatch:DescribeAlarms',
        'cloudwatch:GetDashboard',
        'cloudwatch:GetMetricData',
        'cloudwatch:GetMetricStatistics',
        'cloudwatch:ListDashboards',
        'cloudwatch:ListMetrics',
        'logs:DescribeLogGroups',
        'logs:GetQueryResults',
        'logs:StopQuery',
      ],
      'CloudWatch ties metrics, lists and the results of log queries to no resource; logs are read by the tags of the stage.',
    );
}

/** `npm run redrive`. */
function redrives(role: PersonRole, { bus, lake }: DataStack, running: readonly Stack[]): void {
  const deadLetters = running.flatMap(DeadLetterQueue.allIn);
  const ways = deadLetters.map(({ wayBack }) => wayBack);
  role
    .may(
      ['sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'],
      ...deadLetters.map(({ queueArn }) => queueArn),
    )
    .may(['sqs:SendMessage'], ...ways.flatMap((way) => (way.kind === 'queue' ? way.queue.queueArn : [])))
    .may(
      ['firehose:PutRecordBatch'],
      ...ways.flatMap((way) =>
        way.kind === 'delivery-streams' ? way.deliveries.map(({ streamArn }) => streamArn) : [],
      ),
    )
    .may(
      ['dynamodb:GetRecords', 'dynamodb:GetShardIterator'],
      ...ways.flatMap((way) => (way.kind === 'table-stream' ? (way.table.tableStreamArn ?? []) : [])),
    )
    .may(['events:PutEvents'], bus.eventBusArn);
  lake.allowsRedrive(role);
}

/** `npm run rebuild`, `recover`, `models` and `credentials`. */
function rebuilds(role: PersonRole, { customers, models, credentials, identityKey, lake }: DataStack): void {
  lake.allowsQueries(role, readByScripts);
  role
    .may(['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Scan'], customers.tableArn)
    .may(['dynamodb:Scan'], models.tableArn)
    .may(['dynamodb:PutItem', 'dynamodb:Scan', 'dynamodb:UpdateItem'], credentials.tableArn)
    .may(['secretsmanager:GetSecretValue'], identityKey.secretArn);
}

/** `npm run recover` opens refused events, and whoever makes a stage's first credential makes the key that opens them. */
function opens(role: PersonRole, { credentials }: DataStack, { stage }: StageConfig): void {
  role
    .may(
      ['ssm:GetParameter', 'ssm:PutParameter'],
      Stack.of(role).formatArn({ service: 'ssm', resource: 'parameter', resourceName: sealingKeyName(stage).slice(1) }),
    )
    .may(['dynamodb:GetItem'], credentials.tableArn);
}

const readByScripts = [
  'identity_links',
  'interactions',
  'rejected_interactions',
  'v_customers_identity',
  'v_interactions',
] as const;
