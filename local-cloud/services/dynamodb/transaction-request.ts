import dynalite from 'dynalite/db/index.js';
import * as z from 'zod';
import { inputReader } from '#local-cloud/cloud/input-reader.ts';
import type { ServiceError } from '#local-cloud/cloud/service.ts';
import type { DynaliteRequest } from './dynalite-request.ts';
import { dynamoDbError } from './errors.ts';
import { parseItemRequest, toServiceError } from './item-actions.ts';
import type { ItemStore } from './item-store.ts';
import type { ItemView } from './item-view.ts';
import { type Table, tableName } from './table.ts';

/** Most items of one transaction, from the quotas page of the developer guide. */
const maximumItems = 100;

type Input = Readonly<Record<string, unknown>>;

const entry = z.looseObject({ TableName: z.string().transform(tableName) });
const writeEntry = z.strictObject({
  Put: entry.optional(),
  Update: entry.optional(),
  Delete: entry.optional(),
  ConditionCheck: entry.optional(),
});
const writeInput = z.looseObject({
  TransactItems: z.array(writeEntry).min(1).max(maximumItems),
  ClientRequestToken: z.string().min(1).max(36).optional(),
});
const readInput = z.looseObject({
  TransactItems: z
    .array(z.strictObject({ Get: entry }))
    .min(1)
    .max(maximumItems),
});

const parse = inputReader((faults) => validationError(`1 validation error detected: ${faults}`));

/** The IAM action that a transaction's item needs, which is also the operation that it is. */
export type WriteKind = 'PutItem' | 'UpdateItem' | 'DeleteItem' | 'ConditionCheckItem';

/** One item of TransactWriteItems, checked as far as no table has to be read. */
export interface TransactedWrite {
  readonly kind: WriteKind;
  readonly table: Table;
  readonly request: DynaliteRequest;
  readonly itemKey: string;
  /** `ReturnValuesOnConditionCheckFailure`. */
  readonly returnsItem: boolean;
}

/** Reads TransactWriteItems' input. Throws ValidationException, ResourceNotFoundException. */
export function parseTransactWrites(
  input: Input,
  store: ItemStore,
): { readonly writes: readonly TransactedWrite[]; readonly token: string | undefined } {
  const { TransactItems: entries, ClientRequestToken: token } = parse(writeInput, input);
  const writes = entries.map((item) => parseWrite(item, store));
  if (new Set(writes.map(({ table, itemKey }) => `${table.name} ${itemKey}`)).size < writes.length)
    throw validationError('Transaction request cannot include multiple operations on one item');
  return { writes, token };
}

/** Reads TransactGetItems' input into requests of GetItem. Throws ValidationException. */
export function parseTransactGets(input: Input, view: ItemView): readonly DynaliteRequest[] {
  return parse(readInput, input).TransactItems.map(({ Get: get }) => parseItemRequest('GetItem', get, view));
}

/** Kind and table of each item, for the permission check. */
export function transactedKinds(input: Input): readonly { readonly kind: WriteKind; readonly table: string }[] {
  return parse(writeInput, input).TransactItems.map((item) => {
    const [kind, { TableName: table }] = kindOf(item);
    return { kind, table };
  });
}

/** Tables of each item that TransactGetItems reads, for the permission check. */
export function transactedTables(input: Input): readonly string[] {
  return parse(readInput, input).TransactItems.map(({ Get: { TableName: table } }) => table);
}

function parseWrite(item: z.infer<typeof writeEntry>, store: ItemStore): TransactedWrite {
  const [kind, { ReturnValuesOnConditionCheckFailure: returned, ...input }] = kindOf(item);
  const needed =
    kind === 'UpdateItem' ? 'UpdateExpression' : kind === 'ConditionCheckItem' ? 'ConditionExpression' : '';
  if (needed !== '' && typeof input[needed] !== 'string')
    throw validationError(`The request must contain the parameter ${needed}`);
  const table = store.table(input.TableName);
  // A condition check has the members of DeleteItem's input.
  const request = parseItemRequest(kind === 'ConditionCheckItem' ? 'DeleteItem' : kind, input, store.view);
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

function kindOf(item: z.infer<typeof writeEntry>): readonly [WriteKind, z.infer<typeof entry>] {
  const present = Object.values(item).filter((value) => value !== undefined);
  if (present.length === 1) {
    if (item.Put !== undefined) return ['PutItem', item.Put];
    if (item.Update !== undefined) return ['UpdateItem', item.Update];
    if (item.Delete !== undefined) return ['DeleteItem', item.Delete];
    if (item.ConditionCheck !== undefined) return ['ConditionCheckItem', item.ConditionCheck];
  }
  throw validationError('TransactItems can only contain one of Check, Put, Update or Delete');
}

function validationError(message: string): ServiceError {
  return dynamoDbError('ValidationException', message);
}
