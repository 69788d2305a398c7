import { createHash } from 'node:crypto';
import dynalite from 'dynalite/db/index.js';
import * as z from 'zod';
import { type AttributeMap, itemBytes } from '#infra/local/dynamodb/attribute-value.ts';
import type { DynaliteRequest } from '#infra/local/dynamodb/dynalite-request.ts';
import {
  type ItemAction,
  parseItemRequest,
  runItemAction,
  toServiceError,
} from '#infra/local/dynamodb/item-actions.ts';
import type { ItemStore } from '#infra/local/dynamodb/item-store.ts';
import type { ItemView } from '#infra/local/dynamodb/item-view.ts';
import type { RequestTokens } from '#infra/local/dynamodb/request-tokens.ts';
import type { Table } from '#infra/local/dynamodb/table.ts';
import { ServiceError } from '#infra/local/service.ts';

/** Limits of one transaction, from the quotas page of the developer guide. */
const MAX_ITEMS = 100;
const MAX_BYTES = 4 * 1024 * 1024;

const CONDITION_FAILED = 'ConditionalCheckFailedException';

const entry = z.looseObject({ TableName: z.string() });
const writeEntry = z.strictObject({
  Put: entry.optional(),
  Update: entry.optional(),
  Delete: entry.optional(),
  ConditionCheck: entry.optional(),
});
const writeInput = z.looseObject({
  TransactItems: z.array(writeEntry).min(1),
  ClientRequestToken: z.string().min(1).max(36).optional(),
});
const readInput = z.looseObject({ TransactItems: z.array(z.strictObject({ Get: entry })).min(1) });

interface CancellationReason {
  readonly Code: string;
  readonly Message?: string;
  readonly Item?: AttributeMap;
}

interface TransactedWrite {
  readonly kind: 'PutItem' | 'UpdateItem' | 'DeleteItem' | 'ConditionCheckItem';
  readonly table: Table;
  readonly request: DynaliteRequest;
  readonly itemKey: string;
  readonly returnsItem: boolean;
}

/**
 * TransactWriteItems: every condition is checked before anything is written, and what is written is one atomic batch.
 * Throws TransactionCanceledException with a reason for each item, IdempotentParameterMismatchException,
 * ValidationException.
 */
export async function transactWriteItems(
  store: ItemStore,
  tokens: RequestTokens,
  input: Readonly<Record<string, unknown>>,
): Promise<unknown> {
  const { TransactItems: entries, ClientRequestToken: token } = parse(writeInput, input);
  checkCount(entries.length);
  const digest = createHash('sha256').update(JSON.stringify(input.TransactItems)).digest('base64');
  return store.write(async (view, extra) => {
    const remembered = token === undefined ? undefined : tokens.digestOf(token);
    if (remembered !== undefined) {
      if (remembered === digest) return {};
      throw new ServiceError(
        'IdempotentParameterMismatchException',
        'The ClientRequestToken was used with other parameters in the last 10 minutes.',
      );
    }
    const writes = entries.map((item) => parseWrite(item, store, view));
    checkDistinct(writes.map((write) => `${write.table.name} ${write.itemKey}`));
    await runAll(writes, view);
    if (token !== undefined) extra.push(...tokens.remember(token, digest));
    return {};
  });
}

/** TransactGetItems: all items as of one moment. */
export function transactGetItems(store: ItemStore, input: Readonly<Record<string, unknown>>): Promise<unknown> {
  const { TransactItems: entries } = parse(readInput, input);
  checkCount(entries.length);
  return store.read(async (view) => {
    const requests = entries.map(({ Get: get }) => parseItemRequest('GetItem', get, view));
    return { Responses: await Promise.all(requests.map((request) => runItemAction('GetItem', request, view))) };
  });
}

function parseWrite(item: z.infer<typeof writeEntry>, store: ItemStore, view: ItemView): TransactedWrite {
  const [kind, input] = kindOf(item);
  const { ReturnValuesOnConditionCheckFailure: returned, ...rest } = input;
  if (kind === 'UpdateItem' && typeof rest.UpdateExpression !== 'string')
    throw validationError('The request must contain the parameter UpdateExpression');
  if (kind === 'ConditionCheckItem' && typeof rest.ConditionExpression !== 'string')
    throw validationError('The request must contain the parameter ConditionExpression');
  const table = store.table(input.TableName);
  // DeleteItem's input has the members of ConditionCheck.
  const action: ItemAction = kind === 'ConditionCheckItem' ? 'DeleteItem' : kind;
  const request = parseItemRequest(action, rest, view);
  const keyed = request.Item ?? request.Key ?? {};
  const invalid =
    kind === 'PutItem' ? dynalite.validateItem(keyed, table.schema) : dynalite.validateKey(keyed, table.schema);
  if (invalid !== null && invalid !== undefined) throw toServiceError(invalid);
  return {
    kind,
    table,
    request,
    itemKey: dynalite.createKey(keyed, table.schema),
    returnsItem: returned === 'ALL_OLD',
  };
}

function kindOf(item: z.infer<typeof writeEntry>): readonly [TransactedWrite['kind'], z.infer<typeof entry>] {
  const present = Object.values(item).filter((value) => value !== undefined);
  if (present.length === 1) {
    if (item.Put !== undefined) return ['PutItem', item.Put];
    if (item.Update !== undefined) return ['UpdateItem', item.Update];
    if (item.Delete !== undefined) return ['DeleteItem', item.Delete];
    if (item.ConditionCheck !== undefined) return ['ConditionCheckItem', item.ConditionCheck];
  }
  throw validationError('TransactItems can only contain one of Check, Put, Update or Delete');
}

/** Runs every write on the staged view; nothing is committed unless all of them succeed. */
async function runAll(writes: readonly TransactedWrite[], view: ItemView): Promise<void> {
  const reasons: CancellationReason[] = [];
  let bytes = 0;
  for (const write of writes) {
    const before = readItem(view, write);
    const reason = await runOne(write, view, before);
    reasons.push(reason ?? { Code: 'None' });
    const after = readItem(view, write);
    bytes += Math.max(before === undefined ? 0 : itemBytes(before), after === undefined ? 0 : itemBytes(after));
  }
  if (reasons.some((reason) => reason.Code !== 'None')) throw canceled(reasons);
  if (bytes > MAX_BYTES)
    throw validationError('Collection of items in the transaction exceeds the maximum allowed size of 4 MB');
}

async function runOne(
  write: TransactedWrite,
  view: ItemView,
  before: AttributeMap | undefined,
): Promise<CancellationReason | undefined> {
  try {
    if (write.kind === 'ConditionCheckItem') {
      const failed = dynalite.checkConditional(write.request, before);
      if (failed !== null && failed !== undefined) throw toServiceError(failed);
    } else await runItemAction(write.kind, write.request, view);
    return undefined;
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    if (error.code === CONDITION_FAILED) {
      const item = write.returnsItem && before !== undefined ? { Item: before } : {};
      return { Code: 'ConditionalCheckFailed', Message: 'The conditional request failed', ...item };
    }
    if (error.code === 'ValidationException') return { Code: 'ValidationError', Message: error.message };
    throw error;
  }
}

function readItem(view: ItemView, write: TransactedWrite): AttributeMap | undefined {
  let found: AttributeMap | undefined;
  view.getItemDb(write.table.name).get(write.itemKey, (_error, item) => {
    found = item;
  });
  return found;
}

function canceled(reasons: readonly CancellationReason[]): ServiceError {
  const codes = reasons.map((reason) => reason.Code).join(', ');
  const message = `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`;
  return new ServiceError('TransactionCanceledException', message, 400, {
    // The service capitalises this member, unlike other errors' `message`.
    Message: message,
    CancellationReasons: reasons,
  });
}

function checkCount(count: number): void {
  if (count > MAX_ITEMS)
    throw validationError(
      `1 validation error detected: Value at 'transactItems' failed to satisfy constraint: Member must have length less than or equal to ${MAX_ITEMS}`,
    );
}

function checkDistinct(keys: readonly string[]): void {
  if (new Set(keys).size < keys.length)
    throw validationError('Transaction request cannot include multiple operations on one item');
}

function parse<T>(schema: z.ZodType<T>, input: unknown): T {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  throw validationError(`1 validation error detected: ${z.prettifyError(parsed.error).replaceAll('\n', ' ')}`);
}

function validationError(message: string): ServiceError {
  return new ServiceError('ValidationException', message);
}

/** Reads a key of a transaction's entry for the permission check. */
export function transactedKinds(
  input: Readonly<Record<string, unknown>>,
): readonly { readonly action: string; readonly table: string }[] {
  return parse(writeInput, input).TransactItems.map((item) => {
    const [kind, { TableName: table }] = kindOf(item);
    return { action: `dynamodb:${kind}`, table };
  });
}
