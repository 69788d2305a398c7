import dynalite from 'dynalite/db/index.js';
import type { WatchedActivity } from '#local-cloud/cloud/activity.ts';
import { type CloudContext, type Operation, ServiceError } from '#local-cloud/cloud/service.ts';
import type { AttributeMap } from './attribute-value.ts';
import { describeTable } from './describe-table.ts';
import { type ItemAction, parseItemRequest, runItemAction } from './item-actions.ts';
import type { ItemStore } from './item-store.ts';
import { type ItemView, readItem } from './item-view.ts';
import { tablePermissions } from './permissions.ts';
import type { RequestTokens } from './request-tokens.ts';
import { tableName } from './table.ts';
import { transactGetItems, transactWriteItems } from './transactions.ts';

type Input = Readonly<Record<string, unknown>>;

/** What the operations work on. */
interface Tables {
  readonly store: ItemStore;
  readonly tokens: RequestTokens;
  /** Counts the calls at work. */
  readonly calls: WatchedActivity;
}

/** Reads and writes items, one by one, in batches and in transactions. */
export function tableOperations(
  context: CloudContext,
  { store, tokens, calls }: Tables,
): Readonly<Record<string, Operation>> {
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

  return Object.fromEntries(
    Object.entries(runs).map(([name, run]) => [
      name,
      { permissions: permissions[name] ?? (() => []), run: (input, call) => calls.track(() => run(input, call)) },
    ]),
  );
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
