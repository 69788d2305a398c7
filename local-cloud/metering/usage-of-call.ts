import { dynamoDbRule } from './dynamodb-rule.ts';
import { createAthenaRule, s3Rule } from './lake-rules.ts';
import { eventBridgeRule, firehoseRule, sqsRule } from './messaging-rules.ts';
import type { BillingRule, RanCall, Usage } from './usage.ts';

const perCall: BillingRule = () => [{ unit: 'requests', amount: 1 }];
/** Lambda reads a table's stream for free; the count says how often. Source: DynamoDB pricing page, "Streams". */
const streamRule: BillingRule = ({ operation }) =>
  operation === 'GetRecords' ? [{ unit: 'stream-reads', amount: 1 }] : [];

/** Says what each service bills for a call. Lambda and the HTTP API are metered where they run; IAM is free. */
export function createBillingRules(): (service: string, call: RanCall) => readonly Usage[] {
  const rules: Readonly<Record<string, BillingRule>> = {
    athena: createAthenaRule(),
    dynamodb: dynamoDbRule,
    'dynamodb-streams': streamRule,
    events: eventBridgeRule,
    firehose: firehoseRule,
    glue: perCall,
    s3: s3Rule,
    secretsmanager: perCall,
    sqs: sqsRule,
  };
  return (service, call) => rules[service]?.(call).filter(({ amount }) => amount > 0) ?? [];
}
