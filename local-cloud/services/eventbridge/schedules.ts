import { randomUUID } from 'node:crypto';
import type { LocalContext } from '#local-cloud/cloud/local-context.ts';
import type { BusEvent } from './bus-event.ts';
import type { Rule } from './rule.ts';

/** Fires the rules that have a schedule while time runs, and when it is moved over one of their times. */
export interface Schedules {
  start(): void;
  /** Fires what became due since it was asked last. */
  fireDue(): Promise<void>;
  stop(): Promise<void>;
}

const pollMs = 1000;

export function createSchedules(
  context: LocalContext,
  rules: () => readonly Rule[],
  deliver: (rule: Rule, event: BusEvent) => Promise<void>,
): Schedules {
  let seenMs = context.clock.now();
  let timer: NodeJS.Timeout | undefined;
  let firing: Promise<void> = Promise.resolve();

  async function fire(): Promise<void> {
    const nowMs = context.clock.now();
    const sinceMs = seenMs;
    seenMs = nowMs;
    for (const rule of rules()) {
      if (!rule.enabled) continue;
      for (const dueMs of rule.schedule?.(sinceMs, nowMs) ?? [])
        await deliver(rule, scheduledEvent(rule, dueMs, context));
    }
  }
  const fireDue = (): Promise<void> => {
    firing = firing.then(() => context.activity.track(fire));
    return firing;
  };
  return {
    start() {
      seenMs = context.clock.now();
      timer = setInterval(() => void fireDue(), pollMs).unref();
    },
    fireDue,
    async stop() {
      clearInterval(timer);
      await firing;
    },
  };
}

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-rule-schedule.html: what a schedule sends. */
function scheduledEvent(rule: Rule, dueMs: number, { account, region }: LocalContext): BusEvent {
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': 'Scheduled Event',
    source: 'aws.events',
    account,
    time: new Date(dueMs).toISOString().replace('.000Z', 'Z'),
    region,
    resources: [rule.arn],
    detail: {},
  };
}
