import { join } from 'node:path';
import dynalite from 'dynalite/db/index.js';
import { createActivity } from '#local-cloud/cloud/activity.ts';
import { type CloudContext, type Operation, type Service, ServiceError } from '#local-cloud/cloud/service.ts';
import type { AttributeMap } from './attribute-value.ts';
import { describeTable } from './describe-table.ts';
import { type ItemAction, parseItemRequest, runItemAction } from './item-actions.ts';
import { type ItemStore, openItemStore } from './item-store.ts';
import { type ItemView, readItem } from './item-view.ts';
import { tablePermissions } from './permissions.ts';
import { openRequestTokens } from './request-tokens.ts';
import { openStreamLog, STREAM_RETENTION_MS, type StreamLog } from './stream-log.ts';
import { tableName } from './table.ts';
import { tableProvider } from './table-provider.ts';
import { deleteExpired, indexExpiries } from './time-to-live.ts';
import { transactGetItems, transactWriteItems } from './transactions.ts';

/** How often expired items go while time runs at its own pace. */
const SWEEP_INTERVAL_MS = 60_000;

type Input = Readonly<Record<string, unknown>>;

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

  const arnPrefix = `arn:aws:dynamodb:${context.region}:${context.account}:table/`;
  const permissions = tablePermissions((nameOrArn) => arnPrefix + tableName(nameOrArn));
  const read = (name: ItemAction) => (input: Input) =>
    runItemAction(name, parseItemRequest(name, named(input), store.view), store.view);
  const write = (name: ItemAction) => async (input: Input) => {
    const { ReturnValuesOnConditionCheckFailure: returned, ...rest } = named(input);
    const request = parseItemRequest(name, rest, store.view);
    return store.write(async (view) => {
      try {
        return await runItemAction(name, request, view);
      } catch (error) {
        throw returned === 'ALL_OLD'
          ? withItem(error, store, view, request.TableName, request.Item ?? request.Key)
          : error;
      }
    });
  };
  const runs: Readonly<Record<string, Operation['run']>> = {
    BatchGetItem: read('BatchGetItem'),
    BatchWriteItem: write('BatchWriteItem'),
    DeleteItem: write('DeleteItem'),
    DescribeTable: async (input) => ({ Table: describeTable(store.table(String(named(input).TableName))) }),
    DescribeTimeToLive: async (input) => {
      const { expiresAttribute } = store.table(String(named(input).TableName));
      return {
        TimeToLiveDescription:
          expiresAttribute === undefined
            ? { TimeToLiveStatus: 'DISABLED' }
            : { TimeToLiveStatus: 'ENABLED', AttributeName: expiresAttribute },
      };
    },
    GetItem: read('GetItem'),
    ListTables: async () => ({ TableNames: store.tableNames() }),
    PutItem: write('PutItem'),
    Query: read('Query'),
    Scan: read('Scan'),
    TransactGetItems: (input) => transactGetItems(store, input),
    TransactWriteItems: (input) => transactWriteItems(store, tokens, input),
    UpdateItem: write('UpdateItem'),
  };

  let seenMs = context.clock.now();
  /** By how much the clock was moved last. */
  let jumpMs = 0;
  let timer: NodeJS.Timeout | undefined;
  let sweep: Promise<void> = Promise.resolve();
  const passTime = async (nowMs: number): Promise<void> => {
    seenMs = nowMs;
    for (const table of store.tableNames().map(store.table)) {
      // Retention counts as if the last move had not been, so that a jump takes no record from a reader on its way.
      await log.trim(table, nowMs - jumpMs - STREAM_RETENTION_MS);
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
    target: 'DynamoDB_20120810',
    operations: Object.fromEntries(
      Object.entries(runs).map(([name, run]) => [
        name,
        { permissions: permissions[name] ?? (() => []), run: (input, call) => calls.track(() => run(input, call)) },
      ]),
    ),
    resources: { 'AWS::DynamoDB::Table': table, 'AWS::DynamoDB::GlobalTable': table },
    store,
    log,
    onStreamRecords: log.listen,
    start: async () => {
      timer = setInterval(() => {
        sweep = context.activity.track(() => passTime(context.clock.now()));
      }, SWEEP_INTERVAL_MS).unref();
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

function named(input: Input): Input {
  return typeof input.TableName === 'string' ? { ...input, TableName: tableName(input.TableName) } : input;
}

/** `ReturnValuesOnConditionCheckFailure` of single writes: the error carries the item as it is. */
function withItem(
  error: unknown,
  store: ItemStore,
  view: ItemView,
  name: unknown,
  keyed: AttributeMap | undefined,
): unknown {
  if (!(error instanceof ServiceError) || error.code !== 'ConditionalCheckFailedException' || keyed === undefined)
    return error;
  const table = store.table(String(name));
  const found = readItem(view, table.name, dynalite.createKey(keyed, table.schema));
  return new ServiceError(error.code, error.message, error.status, found === undefined ? {} : { Item: found });
}
