import type { Count, Expression, Json, Text, Time, Truth } from './expression.ts';
import { RuleFaultError, type SourceRange } from './rule-fault.ts';

export type ValueType = 'truth' | 'number' | 'text' | 'time' | 'json';

/** The type of an expression's value. */
export function typeOf(expression: Expression): ValueType {
  return typeOfKind[expression.kind];
}

/** What a type is called in a fault's message. */
export const nameOfType: Readonly<Record<ValueType, string>> = {
  truth: 'a condition',
  number: 'a number',
  text: 'a text',
  time: 'a time',
  json: 'a value of unknown type',
};

const typeOfKind: Readonly<Record<Expression['kind'], ValueType>> = {
  truth: 'truth',
  and: 'truth',
  or: 'truth',
  not: 'truth',
  'truth-if': 'truth',
  'truth-of-json': 'truth',
  'compare-truths': 'truth',
  'compare-numbers': 'truth',
  'compare-texts': 'truth',
  'compare-times': 'truth',
  'compare-json': 'truth',
  'number-in': 'truth',
  'text-in': 'truth',
  listed: 'truth',
  has: 'truth',
  'in-segment': 'truth',
  'truth-call': 'truth',
  number: 'number',
  arithmetic: 'number',
  negated: 'number',
  'number-if': 'number',
  'number-of-json': 'number',
  'profile-number': 'number',
  'named-count': 'number',
  'purchase-number': 'number',
  'days-since-event': 'number',
  'days-since-time': 'number',
  'number-call': 'number',
  text: 'text',
  'text-if': 'text',
  'text-of-json': 'text',
  'text-call': 'text',
  time: 'time',
  'time-of-json': 'time',
  'profile-time': 'time',
  'purchase-time': 'time',
  'time-call': 'time',
  json: 'json',
};

export const isTruth = (expression: Expression): expression is Truth => typeOf(expression) === 'truth';
export const isCount = (expression: Expression): expression is Count => typeOf(expression) === 'number';
export const isText = (expression: Expression): expression is Text => typeOf(expression) === 'text';
export const isTime = (expression: Expression): expression is Time => typeOf(expression) === 'time';
export const isJson = (expression: Expression): expression is Json => typeOf(expression) === 'json';

/** The expression as a condition, a number, a text or a time; a JSON value is read as one. Throws a fault for another type. */
export function toTruth(expression: Expression, range: SourceRange): Truth {
  if (isTruth(expression)) return expression;
  if (isJson(expression)) return { kind: 'truth-of-json', json: expression };
  throw mismatch('truth', expression, range);
}

export function toCount(expression: Expression, range: SourceRange): Count {
  if (isCount(expression)) return expression;
  if (isJson(expression)) return { kind: 'number-of-json', json: expression };
  throw mismatch('number', expression, range);
}

export function toText(expression: Expression, range: SourceRange): Text {
  if (isText(expression)) return expression;
  if (isJson(expression)) return { kind: 'text-of-json', json: expression };
  throw mismatch('text', expression, range);
}

export function toTime(expression: Expression, range: SourceRange): Time {
  if (isTime(expression)) return expression;
  if (isJson(expression)) return { kind: 'time-of-json', json: expression };
  throw mismatch('time', expression, range);
}

function mismatch(expected: ValueType, found: Expression, range: SourceRange): RuleFaultError {
  return new RuleFaultError(`Expected ${nameOfType[expected]}, found ${nameOfType[typeOf(found)]}`, range);
}
