import { expect, test } from 'vitest';
import { lakeTables } from '#contracts/lake/tables.ts';
import { tableOfEvent } from '#scripts/redrive/table-of-event.ts';

const landed = lakeTables.flatMap(({ name, events }) => events.map(({ detailType }) => [detailType, name] as const));

test.each(landed)('%s goes back to the table %s', (detailType, table) => {
  expect(tableOfEvent(JSON.stringify({ 'detail-type': detailType, detail: {} }))).toBe(table);
});

test.each([
  [
    'an event that has no table',
    JSON.stringify({ 'detail-type': 'ProfileChanged' }),
    'No table of the lake has rows of',
  ],
  ['no event', '{}', 'A dead letter of the lake'],
  ['no JSON', '[', 'A dead letter of the lake'],
])('%s is refused', (_, body, message) => {
  expect(() => tableOfEvent(body)).toThrow(message);
});
