import type { Json } from '#support/stage-templates.ts';
import type { AwsCheck } from './aws-check.ts';

const quotas = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html';
const queues = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`queue${index}`, { Type: 'AWS::SQS::Queue' }]));

export const stackChecks: readonly AwsCheck[] = [
  {
    law: 'A stack has at most 500 resources, 200 outputs and 200 parameters',
    source: quotas,
    faults: ({ templates }) =>
      templates.flatMap(({ Resources = {}, Outputs = {}, Parameters = {} }: Json, index) =>
        Object.keys(Resources).length > 500 || Object.keys(Outputs).length > 200 || Object.keys(Parameters).length > 200
          ? [`stack ${index}`]
          : [],
      ),
    broken: queues(501),
  },
  {
    law: 'A template has at most 1 MB',
    source: quotas,
    faults: ({ templates }) =>
      templates.flatMap((template, index) =>
        Buffer.byteLength(JSON.stringify(template)) > 1_000_000 ? [`stack ${index}`] : [],
      ),
    broken: { queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'x'.repeat(1_000_000) } } },
  },
];
