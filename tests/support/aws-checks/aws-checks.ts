import { accessChecks } from './access.ts';
import type { AwsCheck } from './aws-check.ts';
import { httpApiChecks } from './http-api.ts';
import { lakeChecks } from './lake.ts';
import { lambdaChecks } from './lambda.ts';
import { messagingChecks } from './messaging.ts';
import { stackChecks } from './stacks.ts';
import { tableChecks } from './tables.ts';
import { watchingChecks } from './watching.ts';

/** Every check of docs/aws-checks.md, by what it is about. */
export const awsChecks: Readonly<Record<string, readonly AwsCheck[]>> = {
  Lambda: lambdaChecks,
  'SQS and EventBridge': messagingChecks,
  'Firehose, Glue and S3': lakeChecks,
  DynamoDB: tableChecks,
  'API Gateway': httpApiChecks,
  CloudWatch: watchingChecks,
  'IAM and secrets': accessChecks,
  CloudFormation: stackChecks,
};
