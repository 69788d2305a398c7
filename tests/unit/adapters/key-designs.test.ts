import { globSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const sources = globSync('{functions,scripts,infra,local-cloud}/**/*.ts').sort();

/** What the keys of stored items are made of, and what is text of a key elsewhere. */
const made = ['customer#', 'persona#', 'persona!', 'cluster#', 'day#', 'order#', 'due#'];
const parts = [...made, 'decision#', 'budget#', 'lease#', 'taught#', 'sent#', '!head'];

/** Texts in the code of a file: comments may show keys. */
function literalsIn(text: string): string[] {
  const code = text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '');
  return code.match(/'[^'\n]*'|"[^"\n]*"|`[^`]*`/g) ?? [];
}

const withKeys = (text: string) =>
  literalsIn(text).filter((literal) => parts.some((part) => literal.slice(1).startsWith(part)));

describe('the keys of stored items', () => {
  test('are spelled in the key design of their table and nowhere else', () => {
    expect(sources.length).toBeGreaterThan(500);
    const spelling = sources.filter((file) => withKeys(readFileSync(file, 'utf8')).length > 0);
    expect(spelling.filter((file) => !file.endsWith('-table/keys.ts'))).toEqual(['functions/contracts/streams.ts']);
    expect(spelling.length).toBeGreaterThan(4);
  });

  test.each([
    ["const sort = 'persona#' + id;", ["'persona#'"]],
    ['const sort = `day#${date}`;', ['`day#${date}`']],
    ["/** `persona#<id>` */ const sort = 'own'; // 'order#'", []],
  ])('are found in %s', (text, found) => {
    expect(withKeys(text)).toEqual(found);
  });
});
