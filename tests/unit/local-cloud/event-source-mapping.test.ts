import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkVisibility } from '#local-cloud/services/lambda/check-visibility.ts';
import { readMapping } from '#local-cloud/services/lambda/event-source-mapping.ts';

const place = { region: 'eu-central-1', account: '123456789012' };
const read = (properties: object) =>
  readMapping({ EventSourceArn: 'arn:aws:sqs:::q', FunctionName: 'f', ...properties }, 'mapping', place);

test('refuses every batch above ten without a window of at least a second, and takes every other', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10_000 }), fc.integer({ min: 0, max: 300 }), (BatchSize, window) => {
      const reading = () => read({ BatchSize, MaximumBatchingWindowInSeconds: window });
      if (BatchSize > 10 && window === 0) {
        expect(reading).toThrow(
          'mapping: Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10',
        );
      } else expect(reading()).toMatchObject({ batchSize: BatchSize, windowMs: window * 1000 });
    }),
  );
});

test('refuses a batch above ten whose window is left out, and takes a mapping that says neither', () => {
  expect(() => read({ BatchSize: 11 })).toThrow('greater than 0');
  expect(read({})).toMatchObject({ batchSize: undefined, windowMs: 0 });
});

test.each([
  [{ BatchSize: 0 }, 'Batch size must be between 1 and 10000; got 0'],
  [{ BatchSize: 10_001, MaximumBatchingWindowInSeconds: 1 }, 'Batch size must be between 1 and 10000'],
  [{ MaximumBatchingWindowInSeconds: 301 }, 'must be between 0 and 300'],
  [{ ScalingConfig: { MaximumConcurrency: 1 } }, 'Maximum concurrency must be between 2 and 1000; got 1'],
  [{ ScalingConfig: { MaximumConcurrency: 1001 } }, 'Maximum concurrency must be between 2 and 1000'],
])('refuses %j', (properties, message) => {
  expect(() => read(properties)).toThrow(message);
});

test('refuses a queue that hides messages for less time than its function may take', () => {
  expect(() => checkVisibility('mapping', { visibilitySeconds: 30, functionSeconds: 60 })).toThrow(
    'mapping: Queue visibility timeout: 30 seconds is less than Function timeout: 60 seconds',
  );
  expect(() => checkVisibility('mapping', { visibilitySeconds: 60, functionSeconds: 60 })).not.toThrow();
});
