import { byCodePoint, byNumber, compared, comparedJson } from './compare.ts';
import type { Count, Json, Text, Time, Truth } from './expression.ts';
import { isJson, isText, isTime } from './expression-type.ts';
import { timeOfText } from './iso-time.ts';
import { jsonReader } from './json-reader.ts';
import { countReader, daysSinceEvent, daysSinceTime, timeReader } from './profile-readers.ts';
import type { Reader } from './reader.ts';

/** Makes a condition that can be asked, once; unknown parts are settled as in SQL (three-valued logic after Kleene). */
export function truthReader(expression: Truth): Reader<boolean> {
  switch (expression.kind) {
    case 'truth':
      return () => expression.value;
    case 'and':
      return and(truthReader(expression.left), truthReader(expression.right));
    case 'or':
      return or(truthReader(expression.left), truthReader(expression.right));
    case 'not': {
      const of = truthReader(expression.of);
      return (facts) => negated(of(facts));
    }
    case 'truth-if':
      return choice(expression.condition, truthReader(expression.yes), truthReader(expression.no));
    case 'truth-of-json':
      return typed(expression.json, isBoolean);
    case 'compare-truths':
      return compared(expression.comparison, truthReader(expression.left), truthReader(expression.right), byNumber);
    case 'compare-numbers':
      return compared(expression.comparison, numberReader(expression.left), numberReader(expression.right), byNumber);
    case 'compare-texts':
      return compared(expression.comparison, textReader(expression.left), textReader(expression.right), byCodePoint);
    case 'compare-times':
      return compared(expression.comparison, instantReader(expression.left), instantReader(expression.right), byNumber);
    case 'compare-json':
      return comparedJson(expression.comparison, jsonReader(expression.left), jsonReader(expression.right));
    case 'number-in':
      return isIn(numberReader(expression.number), expression.items);
    case 'text-in':
      return isIn(textReader(expression.text), expression.items);
    case 'listed': {
      const list = jsonReader(expression.list);
      return (facts) => {
        const items = list(facts);
        return Array.isArray(items) ? items.includes(expression.item) : undefined;
      };
    }
    case 'has': {
      const of = anyReader(expression.of);
      return (facts) => of(facts) !== undefined;
    }
    case 'in-segment':
      return (facts) => facts.segments.has(expression.segmentId);
    case 'truth-call':
      return expression.live;
  }
}

/** Makes a number that can be asked, once; what is not finite is unknown. */
export function numberReader(expression: Count): Reader<number> {
  switch (expression.kind) {
    case 'number':
      return () => expression.value;
    case 'arithmetic': {
      const [left, right] = [numberReader(expression.left), numberReader(expression.right)];
      const calculate = arithmetic[expression.operator];
      return (facts) => {
        const [a, b] = [left(facts), right(facts)];
        if (a === undefined || b === undefined) return undefined;
        const result = calculate(a, b);
        return Number.isFinite(result) ? result : undefined;
      };
    }
    case 'negated': {
      const of = numberReader(expression.of);
      return (facts) => {
        const value = of(facts);
        return value === undefined ? undefined : -value;
      };
    }
    case 'number-if':
      return choice(expression.condition, numberReader(expression.yes), numberReader(expression.no));
    case 'number-of-json':
      return typed(expression.json, isNumber);
    case 'profile-number':
    case 'named-count':
    case 'purchase-number':
      return countReader(expression);
    case 'days-since-event':
      return daysSinceEvent(expression.event);
    case 'days-since-time':
      return daysSinceTime(instantReader(expression.time));
    case 'number-call':
      return expression.live;
  }
}

/** Makes a text that can be asked, once. */
export function textReader(expression: Text): Reader<string> {
  switch (expression.kind) {
    case 'text':
      return () => expression.value;
    case 'text-if':
      return choice(expression.condition, textReader(expression.yes), textReader(expression.no));
    case 'text-of-json':
      return typed(expression.json, isString);
    case 'text-call':
      return expression.live;
  }
}

function instantReader(expression: Time): Reader<number> {
  switch (expression.kind) {
    case 'time':
      return () => expression.value;
    case 'time-of-json': {
      const text = typed(expression.json, isString);
      return (facts) => {
        const value = text(facts);
        return value === undefined ? undefined : timeOfText(value);
      };
    }
    case 'profile-time':
    case 'purchase-time':
      return timeReader(expression);
    case 'time-call':
      return expression.live;
  }
}

function anyReader(expression: Count | Text | Time | Json): Reader<unknown> {
  if (isJson(expression)) return jsonReader(expression);
  if (isText(expression)) return textReader(expression);
  return isTime(expression) ? instantReader(expression) : numberReader(expression);
}

function and(left: Reader<boolean>, right: Reader<boolean>): Reader<boolean> {
  return (facts) => {
    const a = left(facts);
    if (a === false) return false;
    const b = right(facts);
    return b === false ? false : a === undefined ? undefined : b;
  };
}

function or(left: Reader<boolean>, right: Reader<boolean>): Reader<boolean> {
  return (facts) => {
    const a = left(facts);
    if (a === true) return true;
    const b = right(facts);
    return b === true ? true : a === undefined ? undefined : b;
  };
}

function negated(value: boolean | undefined): boolean | undefined {
  return value === undefined ? undefined : !value;
}

function choice<Value>(condition: Truth, yes: Reader<Value>, no: Reader<Value>): Reader<Value> {
  const asked = truthReader(condition);
  return (facts) => {
    const answer = asked(facts);
    return answer === undefined ? undefined : answer ? yes(facts) : no(facts);
  };
}

function isIn<Value>(reader: Reader<Value>, items: readonly Value[]): Reader<boolean> {
  const all = new Set(items);
  return (facts) => {
    const value = reader(facts);
    return value === undefined ? undefined : all.has(value);
  };
}

function typed<Value>(json: Json, isOfType: (value: unknown) => value is Value): Reader<Value> {
  const reader = jsonReader(json);
  return (facts) => {
    const value = reader(facts);
    return isOfType(value) ? value : undefined;
  };
}

const isBoolean = (value: unknown): value is boolean => typeof value === 'boolean';
const isString = (value: unknown): value is string => typeof value === 'string';
const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);

const arithmetic: Readonly<Record<'+' | '-' | '*' | '/', (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
};
