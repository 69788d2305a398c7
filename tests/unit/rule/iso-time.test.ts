import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseTime } from '#domain/interaction/occurred-at.ts';
import { timeOfText } from '#domain/rule/iso-time.ts';

const digits = (length: number, most: number, least = 0) =>
  fc.integer({ min: least, max: most }).map((value) => String(value).padStart(length, '0'));

/** Texts of ISO 8601 in every form of the door, days that there are not among them. */
const anyIsoText = fc
  .record({
    date: fc.tuple(digits(4, 2999, 1900), digits(2, 12, 1), digits(2, 31, 1)),
    separator: fc.constantFrom('T', 't', ' '),
    time: fc.tuple(digits(2, 23), digits(2, 59)),
    second: fc.option(digits(2, 59)),
    fraction: fc.option(fc.tuple(fc.constantFrom('.', ','), fc.stringMatching(/^[0-9]{1,9}$/))),
    zone: fc.oneof(
      fc.constantFrom('', 'Z', 'z'),
      fc
        .tuple(fc.constantFrom('+', '-'), digits(2, 23), fc.constantFrom('', ':15', '30'))
        .map((parts) => parts.join('')),
    ),
    parts: fc.constantFrom('date', 'time'),
    pad: fc.constantFrom('', ' ', '\n'),
  })
  .map(({ date, separator, time, second, fraction, zone, parts, pad }) => {
    const exact = second === null ? '' : `:${second}${fraction === null ? '' : fraction.join('')}`;
    const ofDay = parts === 'date' ? '' : `${separator}${time.join(':')}${exact}${zone}`;
    return `${pad}${date.join('-')}${ofDay}${pad}`;
  });

test('rules read every instant that the door reads, as the same one', () => {
  fc.assert(
    fc.property(anyIsoText, (text) => {
      expect(timeOfText(text)).toBe(parseTime(text));
    }),
    { numRuns: 5000 },
  );
});

test.each(['', 'soon', '2026-02-30', '2026-13-01', '1899-12-31', '2026-11-22T10', '2026-11-22T25:00', '20261122'])(
  'rules read no time in %j',
  (text) => {
    expect(timeOfText(text)).toBeUndefined();
  },
);
