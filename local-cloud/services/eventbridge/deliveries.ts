import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import * as z from 'zod';
import { openJournal } from '#local-cloud/cloud/journal.ts';
import type { LocalContext } from '#local-cloud/cloud/local-context.ts';
import { ServiceError } from '#local-cloud/cloud/service.ts';
import { busEvent } from './bus-event.ts';
import type { Rule, Target } from './rule.ts';

const delivery = z.object({
  id: z.string(),
  ruleArn: z.string(),
  targetId: z.string(),
  event: busEvent,
  acceptedAt: z.number(),
  attempts: z.number(),
});
type Delivery = z.infer<typeof delivery>;

// Answers that won't change by asking again, with the names they have in a dead letter: AWS buries such an event at once.
const hopeless: ReadonlyMap<string, string> = new Map([
  ['AccessDeniedException', 'NO_PERMISSIONS'],
  ['QueueDoesNotExist', 'NO_RESOURCE'],
  ['ResourceNotFoundException', 'NO_RESOURCE'],
]);

// AWS waits longer from attempt to attempt; here a second is enough for what was wrong to be over.
const retryMs = 1000;

/** Brings matched events to their targets: retries what fails, then buries it. */
export interface Deliveries {
  deliver(rule: Rule, target: Target, event: Delivery['event']): Promise<void>;
  /** Tries all that wait for a retry again. Resolves to true if there was any. */
  retry(): Promise<boolean>;
  close(): void;
}

/** Deliveries that wait for a retry are kept in the state directory. */
export function createDeliveries(context: LocalContext, ruleOf: (arn: string) => Rule | undefined): Deliveries {
  const waiting = new Map<string, Delivery>();
  let timer: NodeJS.Timeout | undefined;
  const journal = openJournal(join(context.stateDirectory, 'events', 'retries.jsonl'), (entry) => {
    const item = delivery.parse(entry);
    waiting.set(item.id, item);
  });

  const attempt = async (item: Delivery, rule: Rule, target: Target): Promise<Delivery | undefined> => {
    try {
      await send(context, rule, target, textOf(item.event));
      return undefined;
    } catch (error) {
      const { MaximumRetryAttempts, MaximumEventAgeInSeconds } = target.RetryPolicy;
      const expired = context.clock.now() - item.acceptedAt > MaximumEventAgeInSeconds * 1000;
      const code = hopelessCode(error);
      if (!code && !expired && item.attempts < MaximumRetryAttempts) return { ...item, attempts: item.attempts + 1 };
      const exhausted = expired ? 'MaximumEventAgeInSeconds' : 'MaximumRetryAttempts';
      const message = error instanceof Error ? error.message : String(error);
      const reason = code
        ? { ERROR_CODE: code, ERROR_MESSAGE: message }
        : { ERROR_CODE: 'ERROR_FROM_TARGET', ERROR_MESSAGE: message, EXHAUSTED_RETRY_CONDITION: exhausted };
      return await bury(context, rule, target, item, reason);
    }
  };
  const note = (id: string, left: Delivery | undefined): void => {
    if (left) waiting.set(id, left);
    else if (!waiting.delete(id)) return;
    journal.rewrite([...waiting.values()]);
    if (waiting.size > 0) timer ??= setTimeout(() => void retry(), retryMs).unref();
  };
  const retry = async (): Promise<boolean> => {
    clearTimeout(timer);
    timer = undefined;
    const items = [...waiting.values()];
    for (const item of items) {
      const rule = ruleOf(item.ruleArn);
      const target = rule?.targets.find(({ Id }) => Id === item.targetId);
      // A rule that the template no longer has gets nothing any more.
      note(item.id, rule && target && (await attempt(item, rule, target)));
    }
    return items.length > 0;
  };

  return {
    async deliver(rule, target, event) {
      const id = randomUUID();
      const acceptedAt = context.clock.now();
      const first = { id, ruleArn: rule.arn, targetId: target.Id, event, acceptedAt, attempts: 0 };
      note(id, await attempt(first, rule, target));
    },
    retry: () => context.activity.track(retry),
    close() {
      clearTimeout(timer);
      journal.close();
    },
  };
}

/** An event as its targets get it; most have several. */
const texts = new WeakMap<Delivery['event'], string>();
function textOf(event: Delivery['event']): string {
  const text = texts.get(event) ?? JSON.stringify(event);
  texts.set(event, text);
  return text;
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

const hopelessCode = (error: unknown): string | undefined =>
  error instanceof ServiceError ? hopeless.get(error.code) : undefined;

/**
 * Writes a dead letter with the attributes that EventBridge sets, for the operator who reads it. Gives the delivery back
 * when the queue can't take it now; a queue that never will loses it, as on AWS.
 */
async function bury(
  context: LocalContext,
  rule: Rule,
  target: Target,
  item: Delivery,
  reason: Readonly<Record<string, string>>,
): Promise<Delivery | undefined> {
  if (!target.DeadLetterConfig) return undefined;
  const attributes = { RULE_ARN: rule.arn, TARGET_ARN: target.Arn, RETRY_ATTEMPTS: String(item.attempts), ...reason };
  const described = Object.entries(attributes).map(([name, text]) => [name, { DataType: 'String', StringValue: text }]);
  try {
    await context.call(context.servicePrincipal('events.amazonaws.com', rule.arn), 'sqs', 'SendMessage', {
      QueueUrl: target.DeadLetterConfig.Arn.split(':').at(-1) ?? '',
      MessageBody: textOf(item.event),
      MessageAttributes: Object.fromEntries(described),
    });
    return undefined;
  } catch (error) {
    if (!hopelessCode(error)) return item;
    console.error(`an event of ${rule.arn} is lost:`, error);
    return undefined;
  }
}
