import { expect, test } from 'vitest';
import { ChunkPacker } from '#domain/allocation/chunk-packer.ts';
import { type CustomerOption, readCustomerOptions } from '#domain/allocation/customer-options.ts';
import { resourcesOf } from '#domain/allocation/resource.ts';

const packer = () => new ChunkPacker(resourcesOf({ budget: 10, calls: 2 }));
const option = (rest: Partial<CustomerOption> = {}): CustomerOption => ({ id: 't1', value: 1, ...rest });

test('leaves out what can never be chosen, and keeps the places of the rest', () => {
  const own = packer();
  own.add({
    customer: 'c1',
    options: [
      option({ value: 0 }),
      option({ id: 't2', value: -3 }),
      option({ id: 't3', uses: { budget: 10.01 } }),
      option({ id: 't4', value: 7, uses: { calls: 1, budget: 0 } }),
      option({ id: 't5', value: 2 }),
    ],
  });
  expect(own.size).toEqual({ customers: 1, options: 2, largestValue: 7 });
  const { places, values, useEnds, resources } = own.take();
  expect([...places]).toEqual([3, 4]);
  expect([...values]).toEqual([7, 2]);
  expect([...useEnds]).toEqual([1, 1]);
  expect([...resources]).toEqual([1]);
});

test.each([
  [{ uses: { budgt: 1 } }, 'Option t1 of c1 uses budgt, which has no limit: expected one of budget, calls'],
  [{ uses: { toString: 1 } }, 'Option t1 of c1 uses toString, which has no limit: expected one of budget, calls'],
  [{ uses: { budget: -1 } }, 'Option t1 of c1 uses -1 of budget: expected a number from 0'],
  [{ uses: { budget: Number.NaN } }, 'Option t1 of c1 uses NaN of budget: expected a number from 0'],
  [{ uses: { calls: Number.POSITIVE_INFINITY } }, 'Option t1 of c1 uses Infinity of calls: expected a number from 0'],
  [{ value: Number.NaN }, 'Option t1 of c1 has the value NaN: expected a number'],
  [{ value: Number.NEGATIVE_INFINITY }, 'Option t1 of c1 has the value -Infinity: expected a number'],
])('refuses an option with %o', (rest, message) => {
  expect(() => packer().add({ customer: 'c1', options: [option(rest)] })).toThrow(message);
});

test('refuses two options of one name', () => {
  expect(() => packer().add({ customer: 'c1', options: [option(), option()] })).toThrow('Option t1 of c1 stands twice');
});

test.each([
  null,
  [],
  {},
  { customer: '', options: [] },
  { customer: 7, options: [] },
  { customer: 'c1', options: {} },
  { customer: 'c1', options: [null] },
  { customer: 'c1', options: [{ id: 't1' }] },
  { customer: 'c1', options: [{ id: '', value: 1 }] },
  { customer: 'c1', options: [{ id: 't1', value: '1' }] },
  { customer: 'c1', options: [{ id: 't1', value: 1, uses: [1] }] },
  { customer: 'c1', options: [{ id: 't1', value: 1, uses: { budget: '1' } }] },
])('reads no customer from %j', (line) => {
  expect(() => readCustomerOptions(line)).toThrow(/Expected/);
});
