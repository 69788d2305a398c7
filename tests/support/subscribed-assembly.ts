import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BusDetailType } from '#contracts/bus/bus-event.ts';

/** Name of the queue that a subscribed assembly has. */
export const subscriberQueue = 'subscriber';

/** A copy of an assembly with a queue to which the bus sends events of some types, as it would to somebody else's. */
export function subscribedAssembly(assembly: string, detailTypes: readonly BusDetailType[]): string {
  const copy = mkdtempSync(join(tmpdir(), 'lemniscate-subscribed-'));
  cpSync(assembly, copy, { recursive: true });
  const file = join(copy, 'Lemniscate-dev-Loop.template.json');
  const template = JSON.parse(readFileSync(file, 'utf8'));
  const rule = Object.entries<{ Type: string; Properties: Record<string, unknown> }>(template.Resources).find(
    ([id, { Type }]) => id.startsWith('segmentsrule') && Type === 'AWS::Events::Rule',
  )?.[1];
  if (rule === undefined) throw new Error('The template has no rule of the bus to take for an example');
  const Arn = { 'Fn::GetAtt': ['Subscriber', 'Arn'] };
  Object.assign(template.Resources, {
    Subscriber: { Type: 'AWS::SQS::Queue', Properties: { QueueName: subscriberQueue } },
    SubscriberPolicy: {
      Type: 'AWS::SQS::QueuePolicy',
      Properties: {
        Queues: [{ Ref: 'Subscriber' }],
        PolicyDocument: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Principal: { Service: 'events.amazonaws.com' },
              Action: 'sqs:SendMessage',
              Resource: Arn,
            },
          ],
        },
      },
    },
    SubscriberRule: {
      ...rule,
      Properties: {
        ...rule.Properties,
        EventPattern: { source: ['lemniscate'], 'detail-type': detailTypes },
        Targets: [{ Id: 'Subscriber', Arn }],
      },
    },
  });
  writeFileSync(file, JSON.stringify(template));
  return copy;
}
