import { expect, test } from 'vitest';
import * as z from 'zod';
import { itemKindNames } from '#domain/catalogue/item-kinds.ts';
import { readItem } from '#domain/catalogue/parsed-item.ts';
import { plainWords } from '#domain/vocabulary/plain-words.ts';
import { readItemFiles } from '#scripts/catalogue/item-files.ts';

const told = (schema: z.ZodType, value: unknown) =>
  schema.safeParse(value, { error: plainWords }).error?.issues.map(({ message }) => message);

test.each<[z.ZodType, unknown, string]>([
  [z.string(), 5, 'Expected text, not a number'],
  [z.string(), 1.5, 'Expected text, not a number'],
  [z.string(), null, 'Expected text, not null'],
  [z.string(), undefined, 'Expected text, and it is missing'],
  [z.string(), ['a'], 'Expected text, not a list'],
  [z.number(), 'a', 'Expected a number, not text'],
  [z.number(), Number.NaN, 'Expected a number'],
  [z.int(), 1.5, 'Expected a whole number, not 1.5'],
  [z.int(), 1e300, 'Expected at most 9007199254740991, not 1e+300'],
  [z.number().min(0), -5, 'Expected at least 0, not -5'],
  [z.number().positive(), 0, 'Expected more than 0, not 0'],
  [z.number().lt(1), 1, 'Expected less than 1, not 1'],
  [z.number().multipleOf(5), 7, 'Expected a multiple of 5'],
  [z.boolean(), 'yes', 'Expected true or false, not text'],
  [z.array(z.string()), {}, 'Expected a list, not an object with fields'],
  [z.array(z.string()).min(1), [], 'Expected at least 1 element'],
  [z.array(z.string()).max(2), ['a', 'b', 'c'], 'Expected at most 2 elements'],
  [z.strictObject({}), true, 'Expected an object with fields, not true'],
  [z.strictObject({}), { a: 1 }, 'There is no such field: a'],
  [z.record(z.string(), z.int()), 5, 'Expected an object with fields, not a number'],
  [z.string().min(1), '', 'Expected a text that is not empty'],
  [z.string().max(3), 'abcd', 'Expected at most 3 characters'],
  [z.enum(['draft', 'live']), 'live ', 'Expected one of draft, live; did you mean live?'],
  [z.enum(['draft', 'live']), 'gone', 'Expected one of draft, live'],
  [z.enum(['draft', 'live']), 7, 'Expected one of draft, live, not a number'],
  [z.literal('all'), 'some', 'Expected all'],
  [z.iso.datetime(), 'soon', 'Expected an ISO 8601 time such as 2026-01-31T12:00:00Z'],
  [z.iso.date(), 'soon', 'Expected a day such as 2026-01-31'],
  [z.string().regex(/^a$/), 'b', 'Expected a text of another form'],
  [z.union([z.literal('all'), z.array(z.string())]), 5, 'Expected all or a list, not a number'],
  [z.never(), 5, 'Expected nothing, not a number'],
  [z.string().refine(() => false), 'a', 'Expected another value'],
  [z.string().refine(() => false, 'Say it so'), 'a', 'Say it so'],
])('of %o and %o tells what is expected', (schema, value, words) => {
  expect(told(schema, value)).toEqual([words]);
});

/** Values of every type that JSON has, and of every size. */
const others = [null, true, 5, -1, 1.5, 1e300, '', ' ', 'ABC', 'x'.repeat(5000), [], ['ABC', 7], {}, { colour: 'red' }];

/** Copies of a value in which one part, however deep, is another value, is gone, or stands beside a stranger. */
function* altered(value: unknown): Generator<unknown> {
  yield* others;
  if (Array.isArray(value)) {
    for (const [index, each] of value.entries()) for (const other of altered(each)) yield value.with(index, other);
    yield [...value, ...value];
  } else if (typeof value === 'object' && value !== null) {
    yield { ...value, colour: 'red' };
    for (const [key, each] of Object.entries(value)) {
      for (const other of altered(each)) yield { ...value, [key]: other };
      const { [key]: _, ...rest } = value as Record<string, unknown>;
      yield rest;
    }
  }
}

const { items } = readItemFiles('examples/catalogue');

test.each(itemKindNames)('has words of its own for every fault of %s', (kind) => {
  let found = 0;
  for (const { id, item } of items.filter((each) => each.kind === kind)) {
    for (const other of altered(item)) {
      const read = readItem(kind, id, other);
      if (read.kind === 'item') continue;
      found += 1;
      for (const { message } of read.faults) {
        expect(message).not.toMatch(
          /Invalid|received|Unrecognized|Too (small|big)|undefined|NaN|\[object|another (kind|value)/,
        );
        expect(message).toMatch(/^[A-Z"]/);
      }
    }
  }
  expect(found).toBeGreaterThan(50);
});

test('tells of a currency that is none, and of a field’s type, in plain words', () => {
  const fault = (item: object) => {
    const read = readItem('offers', 'tv', {
      name: 'TV',
      group: 'tv',
      value: { amountMinor: 5, currency: 'EUR' },
      ...item,
    });
    return read.kind === 'invalid' ? read.faults : [];
  };
  expect(fault({ value: { amountMinor: 5, currency: 'ABC' } })).toEqual([
    { path: 'value.currency', message: 'Expected an ISO 4217 code such as EUR' },
  ]);
  expect(fault({ name: 5 })).toEqual([{ path: 'name', message: 'Expected text, not a number' }]);
  expect(fault({ value: 5 })).toEqual([{ path: 'value', message: 'Expected an object with fields, not a number' }]);
  expect(fault({ state: 'lvie' })).toEqual([
    { path: 'state', message: 'Expected one of draft, live, paused; did you mean live?' },
  ]);
});
