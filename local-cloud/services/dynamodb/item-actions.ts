import batchGetItem from 'dynalite/actions/batchGetItem.js';
import batchWriteItem from 'dynalite/actions/batchWriteItem.js';
import deleteItem from 'dynalite/actions/deleteItem.js';
import getItem from 'dynalite/actions/getItem.js';
import putItem from 'dynalite/actions/putItem.js';
import query from 'dynalite/actions/query.js';
import scan from 'dynalite/actions/scan.js';
import updateItem from 'dynalite/actions/updateItem.js';
import batchGetItemRules from 'dynalite/validations/batchGetItem.js';
import batchWriteItemRules from 'dynalite/validations/batchWriteItem.js';
import deleteItemRules from 'dynalite/validations/deleteItem.js';
import getItemRules from 'dynalite/validations/getItem.js';
import validations from 'dynalite/validations/index.js';
import putItemRules from 'dynalite/validations/putItem.js';
import queryRules from 'dynalite/validations/query.js';
import scanRules from 'dynalite/validations/scan.js';
import updateItemRules from 'dynalite/validations/updateItem.js';
import { isRecord } from '#local-cloud/cloud/record.ts';
import { ServiceError } from '#local-cloud/cloud/service.ts';
import { parseAttributeMap } from './attribute-value.ts';
import type { DynaliteRequest } from './dynalite-request.ts';
import type { ItemView } from './item-view.ts';

/** Item operations that dynalite runs: its validation and its action, called in process. */
export const itemActions = {
  BatchGetItem: { rules: batchGetItemRules, action: batchGetItem },
  BatchWriteItem: { rules: batchWriteItemRules, action: batchWriteItem },
  DeleteItem: { rules: deleteItemRules, action: deleteItem },
  GetItem: { rules: getItemRules, action: getItem },
  PutItem: { rules: putItemRules, action: putItem },
  Query: { rules: queryRules, action: query },
  Scan: { rules: scanRules, action: scan },
  UpdateItem: { rules: updateItemRules, action: updateItem },
} as const;

export type ItemAction = keyof typeof itemActions;

const mapMembers = ['Item', 'Key', 'ExclusiveStartKey', 'ExpressionAttributeValues'] as const;

/** Checks an input as DynamoDB does before it looks at a table. Throws ValidationException or SerializationException. */
export function parseItemRequest(
  name: ItemAction,
  input: Readonly<Record<string, unknown>>,
  view: ItemView,
): DynaliteRequest {
  const { rules } = itemActions[name];
  const scalars = Object.fromEntries(Object.entries(input).filter(([member]) => !isMapMember(member)));
  try {
    const request = validations.checkTypes(scalars, rules.types);
    for (const member of mapMembers)
      if (member in rules.types && input[member] !== undefined) request[member] = parseAttributeMap(input[member]);
    if (name === 'BatchWriteItem') restoreBatchItems(request.RequestItems, input.RequestItems);
    checkRules(request, rules, view);
    return request;
  } catch (error) {
    throw toServiceError(error);
  }
}

/** Runs a parsed request on a view and gives the API's answer. */
export function runItemAction(name: ItemAction, request: DynaliteRequest, view: ItemView): Promise<unknown> {
  return new Promise((resolve, reject) => {
    itemActions[name].action(view, request, (error, answer) => {
      if (error === null || error === undefined) resolve(answer);
      else reject(toServiceError(error));
    });
  });
}

/** dynalite's errors carry the wire's body; anything else is a fault of this program and stays as it is. */
export function toServiceError(error: unknown): unknown {
  if (error instanceof ServiceError || !(error instanceof Error) || !('body' in error) || !isRecord(error.body))
    return error;
  const type = String(error.body.__type ?? 'InternalServerError');
  const message = String(error.body.message ?? error.body.Message ?? error.message);
  return new ServiceError(type.slice(type.indexOf('#') + 1), message);
}

/** Conditions without placeholders, as dynalite read them: they mean the same each time, and its parser takes longer than all else. */
const constantConditions = new Map<string, unknown>();

function checkRules(
  request: DynaliteRequest,
  { types, custom }: (typeof itemActions)[ItemAction]['rules'],
  view: ItemView,
) {
  const { ConditionExpression: condition, ...rest } = request;
  const isConstant = typeof condition === 'string' && !/[:#]/.test(condition) && request.Expected === undefined;
  const known = isConstant ? constantConditions.get(condition) : undefined;
  if (known === undefined) {
    validations.checkValidations(request, types, custom, view);
    if (isConstant) constantConditions.set(condition, request._condition);
    return;
  }
  validations.checkValidations(rest, types, custom, view);
  Object.assign(request, rest, { _condition: known });
}

function isMapMember(member: string): boolean {
  return mapMembers.some((known) => known === member);
}

/** dynalite's type check loses an attribute named `__proto__`; the items of a batch are read again from the input. */
function restoreBatchItems(parsed: unknown, input: unknown): void {
  if (!isRecord(parsed) || !isRecord(input)) return;
  for (const table of Object.keys(parsed)) {
    const requests = parsed[table];
    const originals = input[table];
    if (!Array.isArray(requests) || !Array.isArray(originals)) continue;
    requests.forEach((request: { PutRequest?: { Item: unknown } }, index) => {
      if (request.PutRequest !== undefined)
        request.PutRequest.Item = parseAttributeMap(originals[index].PutRequest.Item);
    });
  }
}
