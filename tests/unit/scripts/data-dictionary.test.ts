import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { dataDictionary, dataDictionaryFile } from '#scripts/data-dictionary/lake-docs.ts';

test('keeps the data dictionary equal to the deployed tables and views; "npm run docs" writes it', () => {
  expect(readFileSync(dataDictionaryFile, 'utf8')).toBe(dataDictionary());
});
