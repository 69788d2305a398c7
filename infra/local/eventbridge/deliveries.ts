import { join } from 'node:path';
import * as z from 'zod';
import { busEvent } from '#infra/local/eventbridge/bus-event.ts';
import type { Rule, Target } from '#infra/local/eventbridge/rule.ts';
import { openJournal } from '#infra/local/journal.ts';
import type { LocalContext } from '#infra/local/local-context.ts';
import { ServiceError } from '#infra/local/service.ts';

const delivery = z.object({
  ruleArn: z.string(),
  targetId: z.string(),
  event: busEvent,
  acceptedAt: z.number(),
  attempts: z.number(),
});
type Delivery = z.infer<typeof delivery>;

// Answers that won't change by asking again: AWS sends such an event to the dead letters at once.
const hopeless = ['AccessDeniedException', 'QueueDoesNotExist', 'ResourceNotFoundException'];

/** Brings matched events to their targets: retries what fails, then buries it. */
export interface Deliveries {
  deliver(rule: Rule, target: Target, event: Delivery['event']): Promise<void>;
  /** Tries all that wait for a retry again. Resolves to true if there was any. */
  retry(): Promise<boolean>;
  close(): void;
}

/** Deliveries that wait for a retry are kept in the state directory. */
export function createDeliveries(context: LocalContext, ruleOf: (arn: string) => Rule | undefined): Deliveries {
  let waiting: Delivery[] = [];
  const journal = openJournal(join(context.stateDirectory, 'events', 'retries.jsonl'), (entry) => {
    waiting = z.array(delivery).parse(entry);
  });

  const attempt = async (item: Delivery, rule: Rule, target: Target): Promise<Delivery | undefined> => {
    try {
      await send(context, rule, target, JSON.stringify(item.event));
      return undefined;
    } catch (error) {
      const { MaximumRetryAttempts, MaximumEventAgeInSeconds } = target.RetryPolicy;
      const expired = context.clock.now() - item.acceptedAt > MaximumEventAgeInSeconds * 1000;
      const code = error instanceof ServiceError ? error.code : 'InternalFailure';
      const message = error instanceof Error ? error.message : String(error);
      if (!hopeless.includes(code) && !expired && item.attempts < MaximumRetryAttempts) {
        return { ...item, attempts: item.attempts + 1 };
      }
      await bury(context, rule, target, item, code, message);
      return undefined;
    }
  };

  return {
    async deliver(rule, target, event) {
      const first = { ruleArn: rule.arn, targetId: target.Id, event, acceptedAt: context.clock.now(), attempts: 0 };
      const left = await attempt(first, rule, target);
      if (!left) return;
      waiting.push(left);
      journal.rewrite([waiting]);
    },
    async retry() {
      if (waiting.length === 0) return false;
      const items = waiting;
      waiting = [];
      const left: Delivery[] = [];
      for (const item of items) {
        const rule = ruleOf(item.ruleArn);
        const target = rule?.targets.find(({ Id }) => Id === item.targetId);
        const again = rule && target && (await attempt(item, rule, target));
        if (again) left.push(again);
      }
      waiting = [...left, ...waiting];
      journal.rewrite([waiting]);
      return true;
    },
    close: () => journal.close(),
  };
}

async function send(context: LocalContext, rule: Rule, target: Target, text: string): Promise<void> {
  const principal = target.RoleArn
    ? context.roleOf(target.RoleArn)
    : context.servicePrincipal('events.amazonaws.com', rule.arn);
  const [, , service, , , name = ''] = target.Arn.split(':');
  switch (service) {
    case 'sqs':
      await context.call(principal, 'sqs', 'SendMessage', { QueueUrl: name, MessageBody: text });
      return;
    case 'firehose': {
      const DeliveryStreamName = name.split('/').at(-1) ?? name;
      await context.call(principal, 'firehose', 'PutRecord', {
        DeliveryStreamName,
        Record: { Data: Buffer.from(text) },
      });
      return;
    }
    case 'lambda':
      await context.call(principal, 'lambda', 'Invoke', {
        FunctionName: target.Arn,
        InvocationType: 'Event',
        Payload: text,
      });
      return;
    default:
      throw new Error(`the local cloud has no EventBridge target ${target.Arn}`);
  }
}

/** The attributes are those that EventBridge sets, for the operator who reads the dead letter. */
async function bury(context: LocalContext, rule: Rule, target: Target, item: Delivery, code: string, message: string) {
  if (!target.DeadLetterConfig) return;
  const attribute = (StringValue: string) => ({ DataType: 'String', StringValue });
  await context.call(context.servicePrincipal('events.amazonaws.com', rule.arn), 'sqs', 'SendMessage', {
    QueueUrl: target.DeadLetterConfig.Arn.split(':').at(-1) ?? '',
    MessageBody: JSON.stringify(item.event),
    MessageAttributes: {
      RULE_ARN: attribute(rule.arn),
      TARGET_ARN: attribute(target.Arn),
      ERROR_CODE: attribute(code),
      ERROR_MESSAGE: attribute(message),
      RETRY_ATTEMPTS: attribute(String(item.attempts)),
    },
  });
}
