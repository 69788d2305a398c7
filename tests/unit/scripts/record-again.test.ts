import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readRowAgain } from '#contracts/lake/row-again.ts';
import { recordAgain } from '#scripts/redrive/record-again.ts';
import { busMessage, receivedDetail } from '#support/builders/bus-message.ts';

describe('a record that a delivery stream gave up', () => {
  test('goes as it is when it is an event of the bus', () => {
    const event = busMessage('InteractionsReceived', receivedDetail());
    expect(recordAgain(event)).toEqual([event]);
  });

  test('goes as it is when it is a row that came again before', () => {
    const [again = ''] = recordAgain('{"message_id":"m"}');
    expect(recordAgain(again)).toEqual([again]);
  });

  test('goes row by row, digit for digit, when the transform had made rows of it', () => {
    const row = fc
      .record({ message_id: fc.string(), revenue_minor: fc.maxSafeInteger(), context: fc.jsonValue() })
      .map((fields) => JSON.stringify(fields))
      .chain((text) => fc.constantFrom(text, text.replace('{', '{"large":9007199254740993,')));
    fc.assert(
      fc.property(fc.array(row, { minLength: 1 }), (rows) => {
        expect(recordAgain(rows.join('\n')).map(readRowAgain)).toEqual(rows);
      }),
    );
  });

  test.each([
    ['empty', ''],
    ['cut off', '{"message_id":'],
    ['a list', '[1]'],
    ['a row and something else', '{"message_id":"m"}\nlost'],
  ])('stays when it is %s', (_, record) => {
    expect(() => recordAgain(record)).toThrow('neither an event of the bus nor rows of the lake');
  });
});
