import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import { itemKindNames } from '#domain/catalogue/item-kinds.ts';
import { changesBetween } from '#scripts/catalogue/changes-between.ts';
import { confirmDeletes } from '#scripts/catalogue/confirm-deletes.ts';
import { draftsAmong } from '#scripts/catalogue/drafts-among.ts';
import { editorSchema, schemaLineIn, writeEditorSchemas } from '#scripts/catalogue/editor-schemas.ts';
import { readItemFiles } from '#scripts/catalogue/item-files.ts';
import { offer, segment } from '#support/builders/catalogue-items.ts';

const long = 'profile.orders > 1 && profile.sessions > 2 && profile.traits.plan == "basic" && true';

test.each<[object, object, string[]]>([
  [{ a: 1, b: 2 }, { a: 1, b: 2 }, []],
  [{ limit: 5000 }, { limit: 4000 }, ['limit: 5000 → 4000']],
  [
    { value: { currency: 'EUR', rule: 'x' } },
    { value: { currency: 'USD', rule: 'x' } },
    ['value.currency: "EUR" → "USD"'],
  ],
  [{}, { goal: 'click' }, ['goal: nothing → "click"']],
  [{ goal: 'click' }, {}, ['goal: "click" → nothing']],
  [{ placements: ['a'] }, { placements: ['a', 'b'] }, ['placements: ["a"] → ["a","b"]']],
  [{ uses: [{ n: 1 }] }, { uses: [{ n: 2 }, { n: 3 }] }, ['uses.0.n: 1 → 2', 'uses.1: nothing → {"n":3}']],
  [{ a: 5 }, { a: '5' }, ['a: 5 → "5"']],
  [
    { eligible: long },
    { eligible: long.replace('basic', 'plus') },
    ['eligible: …aits.plan == \\"basic\\" && true" → …aits.plan == \\"plus\\" && true"'],
  ],
])('tells of %j and %j what changes', (was, is, lines) => {
  expect(changesBetween(was, is)).toEqual(lines);
});

const terminal = (isTTY: boolean, answer: string) => {
  const input = Object.assign(new PassThrough(), { isTTY });
  input.end(`${answer}\n`);
  return { input, output: Object.assign(new PassThrough(), { isTTY }) };
};

test('deletes when it is told yes, and nothing else will do', async () => {
  await confirmDeletes(2, terminal(true, 'yes'));
  for (const answer of ['', 'y', 'no', 'yes please'])
    await expect(confirmDeletes(2, terminal(true, answer))).rejects.toThrow(/^Nothing was changed\.$/);
});

test('deletes nothing where nobody can be asked', async () => {
  await expect(confirmDeletes(2, terminal(false, 'yes'))).rejects.toThrow(
    'This would delete 2 items, and without a terminal nobody can be asked: say --yes',
  );
});

test('names what is draft, also where nothing is said of the state', () => {
  const { state: _, ...silent } = { ...offer({ offerId: 'silent' }), state: undefined };
  const item = (state: 'draft' | 'live' | 'paused') => ({
    kind: 'offers' as const,
    id: state,
    item: offer({ offerId: state, state }),
  });
  expect(
    draftsAmong([
      item('draft'),
      item('live'),
      item('paused'),
      { kind: 'offers', id: 'silent', item: silent },
      { kind: 'segments', id: 'loyal', item: segment({ segmentId: 'loyal' }) },
    ]),
  ).toEqual(['offers/draft', 'offers/silent']);
});

const { items } = readItemFiles('examples/catalogue');

test.each(itemKindNames)('has a schema of %s for editors that takes the examples, and no misspelt field', (kind) => {
  const takes = new Ajv({ strict: false, validateFormats: false }).compile(editorSchema(kind));
  for (const { item } of items.filter((each) => each.kind === kind)) {
    expect([takes(item), takes.errors]).toEqual([true, null]);
    expect(takes({ ...item, colour: 'red' })).toBe(false);
  }
});

test('writes schemas beside the items and their place into the files, once, and changes no item', () => {
  const directory = mkdtempSync(join(tmpdir(), 'catalogue-'));
  try {
    cpSync('examples/catalogue', directory, { recursive: true });
    expect(schemaLineIn(directory, 'offers', 'new')).toBe('');
    expect(writeEditorSchemas(directory)).toBe(40);
    expect(writeEditorSchemas(directory)).toBe(0);
    expect(readItemFiles(directory)).toEqual({ items, faults: [] });
    const [line = ''] = readFileSync(join(directory, 'placements/web/home-hero.yaml'), 'utf8').split('\n');
    expect(line).toBe('# yaml-language-server: $schema=../../.schemas/placements.json');
    const schema = join(directory, 'placements/web', line.split('=')[1] ?? '');
    expect(JSON.parse(readFileSync(schema, 'utf8'))).toMatchObject({ title: 'placement', type: 'object' });
    expect(schemaLineIn(directory, 'offers', 'new')).toBe('# yaml-language-server: $schema=../.schemas/offers.json\n');
  } finally {
    rmSync(directory, { recursive: true });
  }
});
