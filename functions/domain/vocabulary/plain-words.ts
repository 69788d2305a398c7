import type * as z from 'zod';

/**
 * What a value is expected to be, said to people instead of zod's own words. Given to a parse as its `error`; where a schema says
 * something itself, that stays.
 */
export const plainWords = (issue: z.core.$ZodRawIssue): string => {
  if (issue.code === 'unrecognized_keys') return `There is no such field: ${issue.keys.join(', ')}`;
  if (issue.code === 'custom') return 'Expected another value';
  const expected = `Expected ${expectationOf(issue)}`;
  if (issue.input === undefined) return `${expected}, and it is missing`;
  const told = issue.code === 'invalid_type' ? named(issue.input) : undefined;
  return told === undefined ? expected : `${expected}, not ${told}`;
};

type Expecting = Exclude<z.core.$ZodRawIssue, { code?: 'unrecognized_keys' | 'custom' }>;

function expectationOf(issue: Expecting): string {
  switch (issue.code) {
    case 'invalid_type':
      return kinds[issue.expected] ?? 'another kind of value';
    case 'invalid_value':
      return oneOf(issue.values.map(String));
    case 'too_small':
      return bounded(issue.origin, issue.inclusive === false ? 'more than' : 'at least', Number(issue.minimum));
    case 'too_big':
      return bounded(issue.origin, issue.inclusive === false ? 'less than' : 'at most', Number(issue.maximum));
    case 'not_multiple_of':
      return `a multiple of ${issue.divisor}`;
    case 'invalid_format':
      return formats[issue.format] ?? 'a text of another form';
    case 'invalid_key':
      return 'another name of the field';
    case 'invalid_element':
      return 'another element';
    case 'invalid_union':
      return 'another kind of value';
    default:
      return 'another value';
  }
}

const kinds: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  bigint: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  tuple: 'a list',
  set: 'a list',
  object: 'an object with fields',
  record: 'an object with fields',
  map: 'an object with fields',
  date: 'a time',
  null: 'null',
  undefined: 'nothing',
  never: 'nothing',
  nonoptional: 'a value',
};

const formats: Readonly<Record<string, string>> = {
  datetime: 'an ISO 8601 time such as 2026-01-31T12:00:00Z',
  date: 'a day such as 2026-01-31',
  time: 'a time of day such as 21:00:00',
  duration: 'an ISO 8601 duration such as P30D',
  email: 'an e-mail address',
  url: 'a web address',
  uuid: 'a UUID',
  safeint: 'a whole number',
};

/** What a value that came is, for people. */
function named(value: unknown): string | undefined {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  switch (typeof value) {
    case 'string':
      return 'text';
    case 'number':
      return Number.isFinite(value) ? (Number.isInteger(value) ? 'a number' : String(value)) : 'what is no number';
    case 'boolean':
      return String(value);
    case 'object':
      return 'an object with fields';
    default:
      return undefined;
  }
}

const oneOf = (values: readonly string[]) => (values.length === 1 ? `${values[0]}` : `one of ${values.join(', ')}`);

/** Texts have characters, lists elements; the size of a number is its own. */
function bounded(origin: string, how: string, bound: number): string {
  const unit = { string: 'character', array: 'element', set: 'element', map: 'field', object: 'field' }[origin];
  if (unit === undefined) return `${how} ${bound}`;
  if (how === 'at least' && bound === 1)
    return unit === 'character' ? 'a text that is not empty' : `a ${unit} at least`;
  return `${how} ${bound} ${unit}${bound === 1 ? '' : 's'}`;
}
