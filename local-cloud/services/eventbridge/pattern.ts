import * as z from 'zod';
import { isRecord } from '#local-cloud/cloud/record.ts';

/** Answers whether an event matches. */
export type Matches = (event: unknown) => boolean;
type Test = (values: readonly unknown[]) => boolean;

const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const scalars = z.union([scalar, z.array(scalar)]).transform((value) => [value].flat());
const comparisons: Readonly<Record<string, (value: number, limit: number) => boolean>> = {
  '<': (value, limit) => value < limit,
  '<=': (value, limit) => value <= limit,
  '=': (value, limit) => value === limit,
  '>=': (value, limit) => value >= limit,
  '>': (value, limit) => value > limit,
};

/**
 * Compiles an EventBridge event pattern, also the language of Lambda's event filters. An operator that the local
 * cloud does not know is refused by name.
 */
export function compilePattern(pattern: unknown): Matches {
  const fields = Object.entries(z.record(z.string(), z.unknown()).parse(pattern));
  const matchers = fields.map(([name, expected]) => {
    if (name === '$or') throw unknownOperator('$or');
    if (isRecord(expected)) {
      const inner = compilePattern(expected);
      // An absent object is matched as an empty one, so that `exists: false` holds below it.
      return (event: unknown) => [child(event, name) ?? {}].flat().some(inner);
    }
    const tests = z.array(z.unknown()).nonempty().parse(expected).map(compileTest);
    return (event: unknown) => {
      const value = child(event, name);
      const values = value === undefined ? [] : [value].flat();
      return tests.some((test) => test(values));
    };
  });
  return (event) => matchers.every((matches) => matches(event));
}

function child(event: unknown, name: string): unknown {
  return isRecord(event) && Object.hasOwn(event, name) ? event[name] : undefined;
}

function compileTest(expected: unknown): Test {
  if (!isRecord(expected)) return some((value) => value === scalar.parse(expected));
  const [[operator = '', argument] = []] = Object.entries(expected);
  const text = () => z.string().parse(argument);
  switch (operator) {
    case 'exists':
      return argument === true ? (values) => values.length > 0 : (values) => values.length === 0;
    case 'prefix': {
      const prefix = text();
      return some((value) => typeof value === 'string' && value.startsWith(prefix));
    }
    case 'suffix': {
      const suffix = text();
      return some((value) => typeof value === 'string' && value.endsWith(suffix));
    }
    case 'equals-ignore-case': {
      const wanted = text().toLowerCase();
      return some((value) => typeof value === 'string' && value.toLowerCase() === wanted);
    }
    case 'anything-but':
      return anythingBut(argument);
    case 'numeric':
      return some(numeric(argument));
    default:
      throw unknownOperator(operator);
  }
}

const some =
  (test: (value: unknown) => boolean): Test =>
  (values) =>
    values.some(test);

function anythingBut(argument: unknown): Test {
  if (isRecord(argument)) {
    const excluded = compileTest(argument);
    return some((value) => !excluded([value]));
  }
  const excluded: readonly unknown[] = scalars.parse(argument);
  return some((value) => !excluded.includes(value));
}

function numeric(argument: unknown): (value: unknown) => boolean {
  const parts = z.array(z.union([z.string(), z.number()])).parse(argument);
  const limits: ((value: number) => boolean)[] = [];
  for (let index = 0; index < parts.length; index += 2) {
    const compare = comparisons[String(parts[index])];
    const limit = parts[index + 1];
    if (!compare || typeof limit !== 'number') throw unknownOperator(`numeric ${JSON.stringify(parts)}`);
    limits.push((value) => compare(value, limit));
  }
  return (value) => typeof value === 'number' && limits.every((holds) => holds(value));
}

function unknownOperator(name: string): Error {
  return new Error(`the local cloud does not know the event pattern operator ${name}`);
}
