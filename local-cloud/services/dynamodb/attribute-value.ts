import { isRecord } from '#local-cloud/cloud/record.ts';
import type { ServiceError } from '#local-cloud/cloud/service.ts';
import { dynamoDbError } from './errors.ts';

/** One value of an item in DynamoDB's JSON: exactly one of the members is present. Binary is base64 text. */
export interface AttributeValue {
  readonly S?: string;
  readonly N?: string;
  readonly B?: string;
  readonly BOOL?: boolean;
  readonly NULL?: boolean;
  readonly SS?: readonly string[];
  readonly NS?: readonly string[];
  readonly BS?: readonly string[];
  readonly L?: readonly AttributeValue[];
  readonly M?: AttributeMap;
}

/** An item, a key or the values of an expression. */
export type AttributeMap = Readonly<Record<string, AttributeValue>>;

/**
 * Reads an item at the door. Unlike dynalite's own check it keeps an attribute named `__proto__`
 * (objects without a prototype) and accepts bytes where a caller in this process has no base64 text.
 */
export function parseAttributeMap(value: unknown): AttributeMap {
  if (!isRecord(value)) throw serializationError('Start of structure or map found where not expected');
  const map: Record<string, AttributeValue> = Object.create(null);
  for (const name of Object.keys(value)) map[name] = parseAttributeValue(value[name]);
  return map;
}

/** Bytes of an item as DynamoDB bills and limits them: names and strings in UTF-8. */
export function itemBytes(item: AttributeMap): number {
  let bytes = 0;
  for (const name of Object.keys(item)) bytes += Buffer.byteLength(name) + valueBytes(item[name]);
  return bytes;
}

/** True when two images of an item are the same to DynamoDB, so that a write between them is no change. */
export function isSameItem(left: AttributeMap | undefined, right: AttributeMap | undefined): boolean {
  return left === right || (left !== undefined && right !== undefined && isSameMap(left, right));
}

function parseAttributeValue(value: unknown): AttributeValue {
  if (!isRecord(value) || value instanceof Uint8Array) throw serializationError('Unexpected value type in payload');
  const parsed: Record<string, unknown> = Object.create(null);
  for (const type of Object.keys(value)) {
    const content = value[type];
    if (content !== undefined && content !== null) parsed[type] = parseContent(type, content);
  }
  return parsed;
}

function parseContent(type: string, content: unknown): unknown {
  switch (type) {
    case 'S':
    case 'N':
      return parseText(content);
    case 'B':
      return parseBinary(content);
    case 'BOOL':
    case 'NULL':
      if (typeof content !== 'boolean') throw serializationError('Unexpected token received from parser');
      return content;
    case 'SS':
    case 'NS':
      return parseList(content).map(parseText);
    case 'BS':
      return parseList(content).map(parseBinary);
    case 'L':
      return parseList(content).map(parseAttributeValue);
    case 'M':
      return parseAttributeMap(content);
    default:
      throw serializationError(`Unknown attribute type ${type}`);
  }
}

function parseText(content: unknown): string {
  if (typeof content !== 'string') throw serializationError(`${typeof content} cannot be converted to String`);
  return content;
}

function parseBinary(content: unknown): string {
  if (content instanceof Uint8Array) return Buffer.from(content).toString('base64');
  const text = parseText(content);
  if (Buffer.from(text, 'base64').toString('base64') !== text)
    throw serializationError('only base-64-encoded strings are convertible to bytes');
  return text;
}

function parseList(content: unknown): readonly unknown[] {
  if (!Array.isArray(content)) throw serializationError('Unexpected field type');
  return content;
}

function serializationError(message: string): ServiceError {
  return dynamoDbError('SerializationException', message);
}

function valueBytes(value: AttributeValue | undefined): number {
  if (value === undefined) return 0;
  if (value.S !== undefined) return Buffer.byteLength(value.S);
  if (value.N !== undefined) return numberBytes(value.N);
  if (value.B !== undefined) return Buffer.byteLength(value.B, 'base64');
  if (value.SS !== undefined) return sum(value.SS, (text) => Buffer.byteLength(text));
  if (value.NS !== undefined) return sum(value.NS, numberBytes);
  if (value.BS !== undefined) return sum(value.BS, (text) => Buffer.byteLength(text, 'base64'));
  // 3 bytes a container and 1 byte a member: "DynamoDB item sizes and formats" in the developer guide.
  if (value.L !== undefined) return 3 + sum(value.L, (member) => 1 + valueBytes(member));
  if (value.M !== undefined) return 3 + Object.keys(value.M).length + itemBytes(value.M);
  return 1;
}

/** One byte per two significant digits, one for the exponent, one more for a negative number. */
function numberBytes(text: string): number {
  const negative = text.startsWith('-') ? 1 : 0;
  const digits = text.replace(/[-+.]|[eE].*$/g, '').replace(/^0+|0+$/g, '').length;
  return 1 + Math.ceil(digits / 2) + negative;
}

function sum<T>(members: readonly T[], bytes: (member: T) => number): number {
  return members.reduce((total, member) => total + bytes(member), 0);
}

function isSameMap(left: AttributeMap, right: AttributeMap): boolean {
  const names = Object.keys(left);
  return names.length === Object.keys(right).length && names.every((name) => isSameValue(left[name], right[name]));
}

function isSameValue(left: AttributeValue | undefined, right: AttributeValue | undefined): boolean {
  if (left === undefined || right === undefined) return false;
  if (left.M !== undefined) return right.M !== undefined && isSameMap(left.M, right.M);
  if (left.L !== undefined) return isSameList(left.L, right.L);
  return (
    left.S === right.S &&
    left.N === right.N &&
    left.B === right.B &&
    left.BOOL === right.BOOL &&
    left.NULL === right.NULL &&
    isSameSet(left.SS, right.SS) &&
    isSameSet(left.NS, right.NS) &&
    isSameSet(left.BS, right.BS) &&
    right.M === undefined &&
    right.L === undefined
  );
}

function isSameList(left: readonly AttributeValue[], right: readonly AttributeValue[] | undefined): boolean {
  return right?.length === left.length && left.every((value, index) => isSameValue(value, right[index]));
}

function isSameSet(left: readonly string[] | undefined, right: readonly string[] | undefined): boolean {
  if (left === undefined || right === undefined) return left === right;
  return left.length === right.length && new Set(left).isSubsetOf(new Set(right));
}
