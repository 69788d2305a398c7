import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openQueue } from '#local-cloud/services/sqs/queue.ts';

const settings = { name: 'q', arn: 'arn:q', visibilityTimeoutSeconds: 30, delaySeconds: 0, retentionSeconds: 3600 };
const journal = () => join(mkdtempSync(join(tmpdir(), 'queue-')), 'q.jsonl');
const never = () => {
  throw new Error('buried');
};

test('hides a received message until its visibility timeout is over', () => {
  const queue = openQueue(settings, journal());
  queue.send('one', undefined, 0, 0);
  expect(queue.receive(10, 30, 1000, never).map(({ body, receives }) => [body, receives])).toEqual([['one', 1]]);
  expect(queue.receive(10, 30, 30_999, never)).toEqual([]);
  expect(queue.receive(10, 30, 31_000, never).map(({ receives }) => receives)).toEqual([2]);
});

test('buries a message that was received as often as it may be', () => {
  const queue = openQueue({ ...settings, deadLetters: { arn: 'arn:dead', maxReceives: 1 } }, journal());
  queue.send('poison', undefined, 0, 0);
  queue.receive(1, 0, 0, never);
  const buried: string[] = [];
  expect(queue.receive(1, 0, 0, ({ body }) => buried.push(body))).toEqual([]);
  expect(buried).toEqual(['poison']);
  expect(queue.counts(0)).toEqual({ visible: 0, hidden: 0, delayed: 0 });
});

test('has what was sent and not deleted after a restart', () => {
  const path = journal();
  const before = openQueue(settings, path);
  for (const body of ['kept', 'in flight', 'deleted']) before.send(body, undefined, 0, 0);
  const [, , deleted] = before.receive(3, 3600, 0, never);
  before.delete([deleted?.receipt ?? '']);
  const after = openQueue(settings, path);
  expect(after.receive(10, 30, 0, never).map(({ body }) => body)).toEqual(['kept', 'in flight']);
});

test('keeps a delayed message back and counts it as delayed', () => {
  const queue = openQueue(settings, journal());
  queue.send('later', undefined, 60, 0);
  expect(queue.receive(1, 30, 59_999, never)).toEqual([]);
  expect(queue.counts(59_999)).toEqual({ visible: 0, hidden: 0, delayed: 1 });
  expect(queue.receive(1, 30, 60_000, never)).toHaveLength(1);
});

test('forgets what is older than the retention period', () => {
  const queue = openQueue(settings, journal());
  queue.send('old', undefined, 0, 0);
  queue.send('new', undefined, 0, 2_000_000);
  queue.expire(3_700_000);
  const left: string[] = [];
  queue.drain(({ body }) => left.push(body));
  expect(left).toEqual(['new']);
});
