import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { currencyCode, isRounded, minorUnits } from '#domain/interaction/money.ts';

describe('minor units', () => {
  test.each<[unknown, string, number]>([
    [11.77, 'USD', 1177],
    ['11.77', 'USD', 1177],
    [' 12 ', 'EUR', 1200],
    [1.005, 'EUR', 101],
    [1.004999, 'EUR', 100],
    [0.1 + 0.2, 'EUR', 30],
    [4.35, 'EUR', 435],
    [0, 'EUR', 0],
    [-0, 'EUR', 0],
    ['0.00', 'EUR', 0],
    ['007.10', 'EUR', 710],
    [0.004, 'EUR', 0],
    [0.005, 'EUR', 1],
    ['5e-3', 'EUR', 1],
    ['1.177E+1', 'EUR', 1177],
    [1e-7, 'EUR', 0],
    ['1e-300', 'EUR', 0],
    ['0e999', 'EUR', 0],
    [1999.5, 'JPY', 2000],
    [1999.4, 'JPY', 1999],
    [11.77, 'KRW', 12],
    [1.2345, 'KWD', 1235],
    [1.2, 'TND', 1200],
    [1.23456, 'CLF', 12_346],
    [2, 'UYW', 20_000],
    [3.14, 'XYZ', 314],
    [10 ** 10, 'EUR', 10 ** 12],
    [10 ** 12, 'JPY', 10 ** 12],
  ])('of %j %s are %i', (amount, currency, expected) => {
    expect(minorUnits(amount, currency)).toBe(expected);
  });

  test.each<unknown>([
    -1,
    -0.01,
    '-5',
    '+5',
    1e21,
    '1e21',
    '1e999',
    10 ** 10 + 0.01,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    '0x10',
    '1,177.00',
    '11,77',
    '$11.77',
    '1_000',
    '.5',
    '5.',
    '1e',
    'Infinity',
    '',
    ' ',
    '١٢',
    true,
    null,
    undefined,
    [5],
    { amount: 5 },
    10n,
  ])('of %s are none', (amount) => {
    expect(minorUnits(amount, 'EUR')).toBeUndefined();
  });

  test('are exact for every amount of hundredths up to the largest, as number and as text', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 ** 12 }), (hundredths) => {
        expect(minorUnits(hundredths / 100, 'EUR')).toBe(hundredths);
        expect(minorUnits((hundredths / 100).toFixed(2), 'EUR')).toBe(hundredths);
      }),
      { numRuns: 5000 },
    );
  });

  test('are exact for every amount of thousandths and of whole units', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 ** 12 }), (minor) => {
        expect(minorUnits(minor / 1000, 'KWD')).toBe(minor);
        expect(minorUnits(minor, 'JPY')).toBe(minor);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('an amount with more decimals than its currency', () => {
  test.each([
    [1200.5, 'JPY', true],
    ['1200.50', 'JPY', true],
    [1200, 'JPY', false],
    ['1200.00', 'JPY', false],
    [9.999, 'EUR', true],
    ['9.99000', 'EUR', false],
    [1.2345, 'KWD', true],
    [1.234, 'KWD', false],
    [0.0049, 'EUR', true],
    ['5e-3', 'EUR', true],
    [1.2345, 'CLF', false],
    ['none', 'EUR', false],
  ])('%j %s: %j', (amount, currency, expected) => {
    expect(isRounded(amount, currency)).toBe(expected);
  });

  test('is none that only a float’s error makes longer', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 10_000_000 }), { minLength: 1, maxLength: 20 }), (cents) => {
        const added = cents.map((minor) => minor / 100).reduce((sum, amount) => sum + amount, 0);
        expect(isRounded(added, 'EUR')).toBe(false);
      }),
    );
  });
});

describe('a currency code', () => {
  test.each([
    ['EUR', 'EUR'],
    [' usd ', 'USD'],
    ['gBp', 'GBP'],
    ['clf', 'CLF'],
    ['XAU', 'XAU'],
    ['XCG', 'XCG'],
    ['dem', 'DEM'],
  ])('is read from %j', (text, code) => {
    expect(currencyCode(text)).toBe(code);
  });

  test.each<unknown>(['', 'EU', 'EURO', '€', 'ÄÖÜ', 'ſsd', 978, null, ['EUR'], 'ABC', 'zzz', 'XXX', 'XTS', 'BTC'])(
    'is not read from %j',
    (text) => {
      expect(currencyCode(text)).toBeUndefined();
    },
  );

  test('is read from every code that this Node knows', () => {
    expect(Intl.supportedValuesOf('currency').filter((code) => currencyCode(code) !== code)).toEqual([]);
  });
});
