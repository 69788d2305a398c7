import { join } from 'node:path';
import { createActivity } from '#local-cloud/cloud/activity.ts';
import type { CloudContext, Service } from '#local-cloud/cloud/service.ts';
import { dynamoDbBilling } from './billing.ts';
import { type ItemStore, openItemStore } from './item-store.ts';
import { tableOperations } from './operations.ts';
import { openRequestTokens } from './request-tokens.ts';
import { openStreamLog, type StreamLog, streamRetentionMs } from './stream-log.ts';
import { tableProvider } from './table-provider.ts';
import { deleteExpired, indexExpiries } from './time-to-live.ts';

/** How often expired items go while time runs at its own pace. */
const sweepIntervalMs = 60_000;

/** The local DynamoDB, and what its streams are read from. */
export interface DynamoDbService extends Service {
  readonly store: ItemStore;
  readonly log: StreamLog;
  /** Wakes a reader when a stream has new records; the answer stops it. */
  onStreamRecords(streamArn: string, listener: () => void): () => void;
}

/** DynamoDB: dynalite's items and expressions in process; transactions, streams and time to live in front of them. */
export function createDynamoDbService(context: CloudContext, { inMemory = false } = {}): DynamoDbService {
  const store = openItemStore(inMemory ? undefined : join(context.stateDirectory, 'dynamodb'));
  const tokens = openRequestTokens(store, context.clock);
  const log = openStreamLog(store, context.clock, context.region);
  indexExpiries(store);
  // The store closes after the calls that it answers.
  const calls = createActivity();

  let seenMs = context.clock.now();
  /** By how much the clock was moved last. */
  let jumpMs = 0;
  let timer: NodeJS.Timeout | undefined;
  let sweep: Promise<void> = Promise.resolve();
  const passTime = async (nowMs: number): Promise<void> => {
    seenMs = nowMs;
    for (const table of store.tableNames().map(store.table)) {
      // Retention counts as if the last move had not been, so that a jump takes no record from a reader on its way.
      await log.trim(table, nowMs - jumpMs - streamRetentionMs);
      await deleteExpired(store, log, table, nowMs);
    }
  };
  const clockMoved = (nowMs: number): Promise<void> => {
    jumpMs = Math.max(0, nowMs - seenMs);
    return passTime(nowMs);
  };
  const table = tableProvider(store, context);
  return {
    name: 'dynamodb',
    wire: { protocol: 'json', target: 'DynamoDB_20120810' },
    bills: dynamoDbBilling,
    operations: tableOperations(context, { store, tokens, calls }),
    resources: { 'AWS::DynamoDB::Table': table, 'AWS::DynamoDB::GlobalTable': table },
    store,
    log,
    onStreamRecords: log.listen,
    start: async () => {
      timer = setInterval(() => {
        sweep = context.activity.track(() => passTime(context.clock.now()));
      }, sweepIntervalMs).unref();
    },
    clockMoved,
    stop: async () => {
      clearInterval(timer);
      await sweep;
      await calls.idle();
      await store.close();
    },
  };
}
