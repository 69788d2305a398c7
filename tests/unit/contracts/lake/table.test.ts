import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { instant, integer, text, texts } from '#contracts/lake/column.ts';
import { interactionsTable } from '#contracts/lake/interactions/interactions-table.ts';
import { rejectedInteractionsTable } from '#contracts/lake/rejected-interactions/rejected-interactions-table.ts';
import { columnsOf } from '#contracts/lake/table.ts';

const tableOf = (columns: z.ZodObject) => ({ name: 'things', description: 'Things', columns });

describe('columns', () => {
  test('come in the order of the schema with Glue’s types', () => {
    const columns = z.object({ b: text('B'), a: integer('A'), t: instant('T'), l: texts('L') });
    expect(columnsOf(tableOf(columns))).toEqual([
      { name: 'b', glueType: 'string', description: 'B' },
      { name: 'a', glueType: 'bigint', description: 'A' },
      { name: 't', glueType: 'timestamp', description: 'T' },
      { name: 'l', glueType: 'array<string>', description: 'L' },
    ]);
  });

  test.each<[string, z.ZodType]>([
    ['no metadata', z.string()],
    ['no description', z.string().meta({ glueType: 'string' })],
    ['a type that the lake does not have', z.string().meta({ glueType: 'decimal', description: 'x' })],
  ])('are refused by name with %s', (_, schema) => {
    expect(() => columnsOf(tableOf(z.object({ bad: schema })))).toThrow(/things\.bad/);
  });

  // Glue takes comments of up to 255 bytes.
  test.each([interactionsTable, rejectedInteractionsTable])('of $name have comments that Glue takes', (table) => {
    for (const { name, description } of columnsOf(table)) {
      expect(name).toMatch(/^[a-z][a-z0-9_]*$/);
      expect(Buffer.byteLength(description)).toBeLessThanOrEqual(255);
    }
  });
});
