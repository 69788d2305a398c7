import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { amountText } from '#domain/interaction/amount-text.ts';
import { minorUnits } from '#domain/interaction/money.ts';

describe('an amount', () => {
  test.each<[unknown, string, string | undefined]>([
    [19.99, '19.99', undefined],
    [-5, '-5', undefined],
    ['19.99', '19.99', undefined],
    ['1.177E+1', '1.177E+1', undefined],
    ['$19.99', '19.99', 'USD'],
    ['$ 1,234.50', '1234.50', 'USD'],
    ['US$5', '5', 'USD'],
    ['19,99 €', '19.99', 'EUR'],
    ['19,99\u00a0€', '19.99', 'EUR'],
    ['€1.234,50', '1234.50', 'EUR'],
    ['1 234,50 EUR', '1234.50', 'EUR'],
    ['1\u202f234,50', '1234.50', undefined],
    ["CHF 1'234.50", '1234.50', 'CHF'],
    ['EUR 20', '20', 'EUR'],
    ['20eur', '20', 'EUR'],
    ['1,234.50', '1234.50', undefined],
    ['1,234,567', '1234567', undefined],
    ['1.234.567', '1234567', undefined],
    ['1.234', '1.234', undefined],
    ['11,77', '11.77', undefined],
    ['5,5', '5.5', undefined],
    ['12,3456', '12.3456', undefined],
    ['-$5', '-5', 'USD'],
    ['$-5', '-5', 'USD'],
    ['−27.50', '-27.50', undefined],
    ['199 kr', '199', ''],
    ['12,50 zł', '12.50', 'PLN'],
    ['R$ 10,00', '10.00', 'BRL'],
  ])('%j is %s of %s', (amount, decimal, currency) => {
    expect(amountText(amount)).toMatchObject({ decimal });
    expect(amountText(amount)?.currencies?.[0]).toBe(currency);
  });

  test.each<unknown>([
    '1,234',
    '1,23,4',
    '1.234,567.8',
    '1,234.567,8',
    'free',
    '$',
    '$5 €',
    'ABC 5',
    '5 apples',
    '.5',
    '5.',
    '+5',
    '--5',
    '1_000',
    '',
    ' ',
    '١٢',
    '0x10',
    '$'.repeat(70),
    null,
    true,
    {},
    [5],
  ])('is none in %j', (amount) => {
    const read = amountText(amount);
    expect(read === undefined ? undefined : minorUnits(read.decimal, 'EUR')).toBeUndefined();
  });

  test('is the same however it is written', () => {
    const marks = fc.constantFrom(['€', ''], ['', ' €'], ['EUR ', ''], ['', 'EUR'], ['', '']);
    const separators = fc.constantFrom([',', '.'], ['.', ','], [' ', ','], ["'", '.'], ['', '.'], ['', ',']);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 ** 11 }), separators, marks, (minor, [group, point], [front, back]) => {
        const whole = String(Math.floor(minor / 100)).replace(/\B(?=(\d{3})+$)/g, group ?? '');
        const text = `${front}${whole}${point}${String(minor % 100).padStart(2, '0')}${back}`;
        expect(minorUnits(amountText(text)?.decimal, 'EUR')).toBe(minor);
      }),
      { numRuns: 2000 },
    );
  });
});
