import { Duration, Stack } from 'aws-cdk-lib';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DeadLetterQueue } from '#infra/constructs/dead-letter-queue.ts';
import { LoopFunction } from '#infra/constructs/loop-function.ts';
import { LoopQueue } from '#infra/constructs/loop-queue.ts';
import { refuseUnwindowedBatch } from '#infra/constructs/refuse-unwindowed-batch.ts';
import { StageTemplates, testApp } from '#support/stage-templates.ts';

describe.each(['dev', 'staging', 'prod'])('stage %s', (stage) => {
  test('gives every mapping with a batch above ten a window of at least a second', () => {
    const mappings = new StageTemplates(stage).resources('AWS::Lambda::EventSourceMapping');
    expect(mappings.length).toBeGreaterThanOrEqual(6);
    const refused = mappings.filter(
      ({ properties }) => properties.BatchSize > 10 && !(properties.MaximumBatchingWindowInSeconds >= 1),
    );
    expect(refused.map(({ id }) => id)).toEqual([]);
  });
});

test('refuses to let a function consume a queue in batches above ten without a window', () => {
  const stack = new Stack(testApp(), 'hasty');
  const fn = new LoopFunction(stack, 'update-profile', { logRetention: RetentionDays.ONE_DAY, tracing: false });
  const batchingWindow = Duration.seconds(0);
  const queue: LoopQueue = new LoopQueue(stack, 'queue', {
    deadLetters: new DeadLetterQueue(stack, 'dead-letters', {
      name: 'hasty',
      back: () => ({ kind: 'queue', queue }),
    }),
    consumerTimeoutSeconds: fn.timeoutSeconds,
    batchingWindow,
  });
  expect(() => fn.consumes(queue, { batchSize: 11, batchingWindow, maxConcurrency: 2 })).toThrow(
    'hasty/update-profile asks for batches of 11 with no batching window: above 10 Lambda wants a window of at least 1 s',
  );
  expect(() => fn.consumes(queue, { batchSize: 10, batchingWindow, maxConcurrency: 2 })).not.toThrow();
});

test('refuses exactly the pairs that Lambda refuses', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10_000 }), fc.integer({ min: 0, max: 300 }), (batchSize, seconds) => {
      const refusing = () => refuseUnwindowedBatch('fn', { batchSize, batchingWindow: Duration.seconds(seconds) });
      if (batchSize > 10 && seconds === 0) expect(refusing).toThrow(RangeError);
      else expect(refusing).not.toThrow();
    }),
  );
});
