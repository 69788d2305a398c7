import { expect, test } from 'vitest';
import { compilePattern } from '#local-cloud/services/eventbridge/pattern.ts';

const event = {
  source: 'lemniscate',
  'detail-type': 'InteractionsReceived',
  detail: { count: 3, name: 'Ada', tags: ['a', 'b'], nothing: null, deep: { flag: true } },
};

test.each([
  ['one of several texts', { source: ['other', 'lemniscate'] }, true],
  ['no such text', { source: ['other'] }, false],
  ['every field named', { source: ['lemniscate'], 'detail-type': ['Other'] }, false],
  ['a number', { detail: { count: [3] } }, true],
  ['a number written as text', { detail: { count: ['3'] } }, false],
  ['null', { detail: { nothing: [null] } }, true],
  ['any element of a list', { detail: { tags: ['b'] } }, true],
  ['a deep boolean', { detail: { deep: { flag: [true] } } }, true],
  ['a prefix', { detail: { name: [{ prefix: 'Ad' }] } }, true],
  ['a suffix that differs', { detail: { name: [{ suffix: 'am' }] } }, false],
  ['letters in any case', { detail: { name: [{ 'equals-ignore-case': 'ADA' }] } }, true],
  ['existence', { detail: { name: [{ exists: true }] } }, true],
  ['absence of what is there', { detail: { name: [{ exists: false }] } }, false],
  ['absence of a field', { detail: { missing: [{ exists: false }] } }, true],
  ['absence below an absent object', { detail: { none: { missing: [{ exists: false }] } } }, true],
  ['anything but a text', { detail: { name: [{ 'anything-but': 'Bob' }] } }, true],
  ['anything but a listed text', { detail: { name: [{ 'anything-but': ['Bob', 'Ada'] }] } }, false],
  ['anything but a prefix', { detail: { name: [{ 'anything-but': { prefix: 'A' } }] } }, false],
  ['anything but, on an absent field', { detail: { missing: [{ 'anything-but': 'x' }] } }, false],
  ['a numeric range', { detail: { count: [{ numeric: ['>', 2, '<=', 3] }] } }, true],
  ['a numeric range that ends before', { detail: { count: [{ numeric: ['>=', 0, '<', 3] }] } }, false],
  ['an inherited property', { detail: { constructor: [{ exists: true }] } }, false],
])('matches by %s', (_, pattern, expected) => {
  expect(compilePattern(pattern)(event)).toBe(expected);
});

test.each([
  ['wildcard', { source: [{ wildcard: 'l*' }] }],
  ['cidr', { detail: { ip: [{ cidr: '10.0.0.0/8' }] } }],
  ['$or', { $or: [{ source: ['a'] }, { source: ['b'] }] }],
])('refuses the operator %s by name when it is compiled', (name, pattern) => {
  expect(() => compilePattern(pattern)).toThrow(name);
});
