import {
  EventBridgeClient,
  ListRulesCommand,
  ListTargetsByRuleCommand,
  PutTargetsCommand,
} from '@aws-sdk/client-eventbridge';
import { CreateQueueCommand, GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { drain } from '#scripts/redrive/drain.ts';
import { intoDelivery } from '#scripts/redrive/into-delivery.ts';
import { outputOf, type Target } from '#scripts/target/target.ts';

/**
 * MiniStack's EventBridge knows no Firehose targets ("unsupported target type", as of 1.5.33). Each rule that has one gets a queue
 * beside it; the answer empties those queues into the rules' streams, as `npm run redrive` does with what did not reach them, and
 * gives the number of entries.
 */
export async function bridgeDeliveries(target: Target): Promise<() => Promise<number>> {
  const events = new EventBridgeClient(target.client);
  const sqs = new SQSClient(target.client);
  const EventBusName = outputOf(target, 'BusName');
  const bridges: { readonly queue: string; readonly stream: string }[] = [];
  const { Rules = [] } = await events.send(new ListRulesCommand({ EventBusName }));
  for (const { Name } of Rules) {
    const { Targets = [] } = await events.send(new ListTargetsByRuleCommand({ EventBusName, Rule: Name }));
    const stream = Targets.flatMap(
      ({ Arn = '' }) => Arn.match(/^arn:aws:firehose:.*:deliverystream\/(.+)$/)?.[1] ?? [],
    )[0];
    if (stream === undefined) continue;
    const { QueueUrl: queue = '' } = await sqs.send(new CreateQueueCommand({ QueueName: `bridge-${bridges.length}` }));
    const { Attributes } = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl: queue, AttributeNames: ['QueueArn'] }),
    );
    await events.send(
      new PutTargetsCommand({ EventBusName, Rule: Name, Targets: [{ Id: 'bridge', Arn: Attributes?.QueueArn }] }),
    );
    bridges.push({ queue, stream });
  }
  return async () => {
    let sent = 0;
    for (const { queue, stream } of bridges)
      sent += await drain(
        sqs,
        queue,
        intoDelivery(target, () => stream),
        () => {},
      );
    return sent;
  };
}
