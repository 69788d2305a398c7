import { expect, test, vi } from 'vitest';
import { logger } from '#runtime/lambda.ts';
import { queueWithTimes } from '#runtime/queue-with-times.ts';

const tick = (time: string) => JSON.stringify({ 'detail-type': 'Scheduled Event', source: 'aws.events', time });
const other = JSON.stringify({ 'detail-type': 'DispositionCaptured', note: 'no Scheduled Event' });

function scene(perform: (times: readonly number[]) => Promise<void> = async () => {}) {
  const times: (readonly number[])[] = [];
  const others: string[] = [];
  const handle = queueWithTimes(
    (due) => {
      times.push(due);
      return perform(due);
    },
    async ({ Records }) => {
      others.push(...Records.map(({ body }) => body));
      return { batchItemFailures: [{ itemIdentifier: 'bad' }] };
    },
  );
  const deliver = async (...bodies: string[]) => {
    const Records = bodies.map((body, index) => ({ messageId: `m${index}`, body }));
    return (await handle({ Records })).batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
  };
  return { deliver, times, others };
}

test('hands all times of a batch over at once, and the other messages, readable or not, to their handler', async () => {
  const { deliver, times, others } = scene();
  expect(await deliver(tick('2026-03-10T12:00:00Z'), other, tick('2026-03-10T12:15:00Z'), '{ Scheduled Event')).toEqual(
    ['bad'],
  );
  expect(times).toEqual([[Date.UTC(2026, 2, 10, 12), Date.UTC(2026, 2, 10, 12, 15)]]);
  expect(others).toEqual([other, '{ Scheduled Event']);
});

test('performs nothing where no time is among the messages', async () => {
  const { deliver, times } = scene();
  await deliver(other);
  expect(times).toEqual([]);
});

test('has times that failed come again, logged, and does the other messages all the same', async () => {
  const log = vi.spyOn(logger, 'error').mockImplementation(() => {});
  const { deliver, others } = scene(() => Promise.reject(new Error('down')));
  expect(await deliver(tick('2026-03-10T12:00:00Z'), other)).toEqual(['m0', 'bad']);
  expect(others).toEqual([other]);
  expect(log).toHaveBeenCalledOnce();
  log.mockRestore();
});
