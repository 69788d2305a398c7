import type * as z from 'zod';
import { nearest } from '#domain/text/nearest.ts';

/**
 * What a value is expected to be, said to people instead of zod's own words. Given to a parse as its `error`; where a schema says
 * something itself, that stays.
 */
export function plainWords(issue: z.core.$ZodRawIssue): string {
  if (issue.code === 'unrecognized_keys') return `There is no such field: ${issue.keys.join(', ')}`;
  const expected = `Expected ${expectationOf(issue)}`;
  if (issue.input === undefined) return `${expected}, and it is missing`;
  const came = cameOf(issue);
  return came === undefined ? expected : `${expected}${came}`;
}

/** Every kind of issue that zod has. */
function expectationOf(issue: z.core.$ZodRawIssue | z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return kinds[String(issue.expected)] ?? 'another kind of value';
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
    case 'invalid_union':
      return anyOf(issue.errors);
    case 'invalid_key':
      return 'another name of the field';
    case 'invalid_element':
      return 'other elements';
    case 'unrecognized_keys':
      return 'no such field';
    default:
      return 'another value';
  }
}

/** Of a choice between shapes: what each of them would be, where it is not that shape at all. */
function anyOf(branches: readonly (readonly z.core.$ZodIssue[])[]): string {
  const expected = branches.flatMap(([first]) =>
    first === undefined || first.path.length > 0 ? [] : [expectationOf(first)],
  );
  return expected.length === 0 ? 'another kind of value' : [...new Set(expected)].join(' or ');
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

const oneOf = (values: readonly string[]) => (values.length === 1 ? `${values[0]}` : `one of ${values.join(', ')}`);

/** Texts have characters, lists elements; the size of a number is its own. */
function bounded(origin: string, how: string, bound: number): string {
  const unit = units[origin];
  if (unit === undefined) return `${how} ${bound}`;
  if (unit === 'character' && how === 'at least' && bound === 1) return 'a text that is not empty';
  return `${how} ${bound} ${unit}${bound === 1 ? '' : 's'}`;
}

const units: Readonly<Record<string, string>> = {
  string: 'character',
  array: 'element',
  set: 'element',
  map: 'field',
  object: 'field',
};

/** What came instead, as far as it tells more than what is expected. */
function cameOf(issue: z.core.$ZodRawIssue): string | undefined {
  const { code, input } = issue;
  if (Number.isNaN(input)) return undefined;
  if (code === 'invalid_value' && typeof input === 'string') {
    const meant = nearest(input, issue.values.map(String));
    return meant === undefined ? undefined : `; did you mean ${meant}?`;
  }
  const isSize = code === 'too_small' || code === 'too_big' || (code === 'invalid_type' && issue.expected === 'int');
  if (isSize && typeof input === 'number') return `, not ${input}`;
  return code === 'invalid_type' || code === 'invalid_union' || code === 'invalid_value'
    ? `, not ${kindOf(input)}`
    : undefined;
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'boolean') return String(value);
  return { string: 'text', number: 'a number', object: 'an object with fields' }[String(typeof value)] ?? 'this';
}
