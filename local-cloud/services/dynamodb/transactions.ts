import { createHash } from 'node:crypto';
import dynalite from 'dynalite/db/index.js';
import { ServiceError } from '#local-cloud/cloud/service.ts';
import { type AttributeMap, itemBytes } from './attribute-value.ts';
import { dynamoDbError } from './errors.ts';
import { runItemAction, toServiceError } from './item-actions.ts';
import type { ItemStore } from './item-store.ts';
import { type ItemView, readItem } from './item-view.ts';
import type { RequestTokens } from './request-tokens.ts';
import { parseTransactGets, parseTransactWrites, type TransactedWrite } from './transaction-request.ts';

/** Most bytes of all items of one transaction, from the quotas page of the developer guide. */
const maximumBytes = 4 * 1024 * 1024;

type Input = Readonly<Record<string, unknown>>;

interface CancellationReason {
  readonly Code: string;
  readonly Message?: string;
  readonly Item?: AttributeMap;
}

/**
 * TransactWriteItems: every condition is checked before anything is written, and what is written is one atomic batch.
 * Throws TransactionCanceledException with a reason for each item, IdempotentParameterMismatchException,
 * ValidationException.
 */
export async function transactWriteItems(store: ItemStore, tokens: RequestTokens, input: Input): Promise<unknown> {
  const digest = createHash('sha256').update(JSON.stringify(input.TransactItems)).digest('base64');
  const { writes, token } = parseTransactWrites(input, store);
  return store.write(async (view, extra) => {
    const remembered = token === undefined ? undefined : tokens.digestOf(token);
    if (remembered === digest) return {};
    if (remembered !== undefined)
      throw dynamoDbError(
        'IdempotentParameterMismatchException',
        'The ClientRequestToken was used with other parameters in the last 10 minutes.',
      );
    await runAll(writes, view);
    if (token !== undefined) extra.push(...tokens.remember(token, digest));
    return {};
  });
}

/** TransactGetItems: all items as of one moment. */
export function transactGetItems(store: ItemStore, input: Input): Promise<unknown> {
  const requests = parseTransactGets(input, store.view);
  return store.read(async (view) => ({
    Responses: await Promise.all(requests.map((request) => runItemAction('GetItem', request, view))),
  }));
}

/** Runs every write on the staged view; nothing is committed unless all of them succeed. */
async function runAll(writes: readonly TransactedWrite[], view: ItemView): Promise<void> {
  const reasons: CancellationReason[] = [];
  let bytes = 0;
  for (const write of writes) {
    const before = readItem(view, write.table.name, write.itemKey);
    reasons.push(await runOne(write, view, before));
    const after = readItem(view, write.table.name, write.itemKey);
    bytes += Math.max(before === undefined ? 0 : itemBytes(before), after === undefined ? 0 : itemBytes(after));
  }
  if (reasons.some((reason) => reason.Code !== 'None')) throw canceled(reasons);
  if (bytes > maximumBytes)
    throw dynamoDbError('ValidationException', 'Items of the transaction exceed the maximum allowed size of 4 MB');
}

async function runOne(
  { kind, request, returnsItem }: TransactedWrite,
  view: ItemView,
  before: AttributeMap | undefined,
): Promise<CancellationReason> {
  try {
    if (kind === 'ConditionCheckItem') {
      const failed = dynalite.checkConditional(request, before);
      if (failed !== null && failed !== undefined) throw toServiceError(failed);
    } else await runItemAction(kind, request, view);
    return { Code: 'None' };
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    switch (error.code) {
      case 'ConditionalCheckFailedException':
        return {
          Code: 'ConditionalCheckFailed',
          Message: error.message,
          ...(returnsItem && before !== undefined ? { Item: before } : {}),
        };
      case 'ValidationException':
        return { Code: 'ValidationError', Message: error.message };
      default:
        throw error;
    }
  }
}

function canceled(reasons: readonly CancellationReason[]): ServiceError {
  const codes = reasons.map((reason) => reason.Code).join(', ');
  const message = `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`;
  return dynamoDbError('TransactionCanceledException', message, {
    // The service capitalises this member, unlike other errors' `message`.
    Message: message,
    CancellationReasons: reasons,
  });
}
