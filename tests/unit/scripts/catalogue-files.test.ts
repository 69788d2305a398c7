import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readItemFiles } from '#scripts/catalogue/item-files.ts';
import { readItemText, textOfItem } from '#scripts/catalogue/item-text.ts';
import { showFaults } from '#scripts/catalogue/show-faults.ts';
import { sizeOf } from '#support/size-of.ts';

const example = 'examples/catalogue';

describe('the text of an item', () => {
  test('reads back as the item, whatever it holds', () => {
    const name = fc.string({ unit: 'binary' }).filter((key) => key !== '__proto__');
    const json = fc.jsonValue({ maxDepth: 3, noUnicodeString: false });
    fc.assert(
      fc.property(fc.dictionary(name, json, { noNullPrototype: true }), (item) => {
        const plain = JSON.parse(JSON.stringify(item));
        expect(readItemText(textOfItem(plain))).toMatchObject({ value: plain, faults: [] });
        expect(textOfItem(readItemText(textOfItem(plain)).value as object as Record<string, unknown>)).toBe(
          textOfItem(plain),
        );
      }),
      { numRuns: sizeOf({ part: 100, whole: 1000 }) },
    );
  });

  test('keeps the order of fields and the lines of a rule', () => {
    const item = {
      offerId: 'tv',
      eligible: 'profile.orders > 1 &&\n  profile.sessions > 2',
      at: '2026-01-01',
      no: 'no',
    };
    expect(textOfItem(item)).toBe(
      'offerId: tv\neligible: |-\n  profile.orders > 1 &&\n    profile.sessions > 2\nat: 2026-01-01\nno: no\n',
    );
    expect(readItemText(textOfItem(item)).value).toEqual(item);
  });
});

describe('a directory', () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'catalogue-'));
    cpSync(example, directory, { recursive: true });
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  const write = (file: string, text: string) => {
    mkdirSync(dirname(join(directory, file)), { recursive: true });
    writeFileSync(join(directory, file), text);
  };
  const faults = () => {
    const found = readItemFiles(directory).faults;
    return found.map(({ file, ...fault }) => ({ file: file.slice(directory.length + 1), ...fault }));
  };

  test('that is the example has no fault', () => {
    expect(faults()).toEqual([]);
    expect(readItemFiles(directory).items).toHaveLength(40);
  });

  test('with a faulty rule in one line is told file, line and column of the fault', () => {
    write('segments/loyal.yaml', 'name: Loyal\n\nrule: profile.orders >= 3 && profile.ordrs > 1\n');
    expect(faults()).toMatchObject([{ file: 'segments/loyal.yaml', line: 3, column: 38, length: 5 }]);
    write('segments/loyal.yaml', `name: Loyal\nrule: '"x" in profile.nothing'\n`);
    expect(faults()).toMatchObject([{ file: 'segments/loyal.yaml', line: 2, column: 23, length: 7 }]);
  });

  test('with a faulty rule in a block is told the line in the file', () => {
    write('segments/loyal.yaml', 'name: Loyal\nrule: |\n  profile.orders >= 3 &&\n    profile.ordrs > 1\n');
    expect(faults()).toMatchObject([
      { file: 'segments/loyal.yaml', line: 4, column: 13, length: 5, shown: '    profile.ordrs > 1' },
    ]);
  });

  test('with a faulty rule after blank lines and comments is told the line in the file', () => {
    write('segments/loyal.yaml', 'name: Loyal\n# why\nrule: |\n\n  profile.orders >= 3 &&\n  profile.ordrs > 1\n');
    expect(faults()).toMatchObject([{ file: 'segments/loyal.yaml', line: 6, column: 11, length: 5 }]);
  });

  test.each([
    ['a folded rule', 'name: Loyal\nrule: >\n  profile.orders >= 3 &&\n  profile.ordrs > 1\n', 2],
    ['a rule with escapes', 'name: Loyal\nrule: "profile.orders >= 3 \\u0026\\u0026 profile.ordrs > 1"\n', 2],
    ['a rule over two lines', 'name: Loyal\nrule: profile.orders >= 3 &&\n  profile.ordrs > 1\n', 2],
  ])('with a fault in %s is told where the rule begins', (_, text, line) => {
    write('segments/loyal.yaml', text);
    expect(faults()).toMatchObject([{ file: 'segments/loyal.yaml', line, column: 7 }]);
  });

  test('with a wrong, a missing and an unknown field is told each place', () => {
    write('budgets/e-mails.yaml', 'unit: e-mails\nlimit: -5\ncolour: red\n');
    expect(faults().map(({ line, column, message }) => [line, column, message.split(':')[0]])).toEqual([
      [2, 8, 'limit'],
      [1, 1, 'period'],
      [3, 1, 'colour'],
    ]);
  });

  const head = 'name: TV\ngroup: grow\nstate: live\n';
  test.each([
    ['a value', `${head}value: { amountMinor: -5, currency: EUR }\n`, 'value.amountMinor', '4:23', '-5'],
    ['a currency that is none', `${head}value:\n  amountMinor: 5\n  currency: ABC\n`, 'value.currency', '6:13', 'ABC'],
    ['a value of another kind', `${head}value: 5\n`, 'value', '4:8', '5'],
    [
      'a block of another kind',
      `${head}value: {amountMinor: 5, currency: EUR}\ngoal:\n  a: b\n`,
      'goal',
      '5:1',
      'goal',
    ],
    ['a value that is not there', `${head}value: {amountMinor: 5, currency: EUR}\ngoal:\n`, 'goal', '5:1', 'goal'],
    ['an unknown field', `${head}value: {amountMinor: 5, currency: EUR}\ncolour: red\n`, 'colour', '5:1', 'colour'],
    [
      'an unknown field within',
      `${head}value: {amountMinor: 5, currency: EUR, colour: red}\n`,
      'value.colour',
      '4:40',
      'colour',
    ],
    ['a missing field within', `${head}value:\n  amountMinor: 5\n`, 'value.currency', '4:1', 'value'],
    ['a missing field', 'name: TV\ngroup: grow\n', 'value', '1:1', undefined],
    [
      'a name that leads nowhere',
      `${head.replace('grow', 'growth')}value: {amountMinor: 5, currency: EUR}\n`,
      'group',
      '2:8',
      'growth',
    ],
  ])('marks of %s the key or value that is wrong', (_, text, path, place, marked) => {
    write('offers/tv-sport.yaml', text);
    const [fault, ...more] = faults();
    expect(more).toEqual([]);
    const { line = 0, column = 0, length = 0, shown } = fault ?? {};
    expect(fault?.message.split(':')[0]).toBe(path);
    expect([`${line}:${column}`, shown?.slice(column - 1, column - 1 + length)]).toEqual([place, marked]);
  });

  test('marks a name in a map that leads nowhere', () => {
    const champion = 'champion: {name: best, leverOverrides: {tv-heroo: 2}}\n';
    write('strategies/extra.yaml', `name: Extra\nplacements: [app/start-card]\n${champion}salt: x\n`);
    const found = faults().find(({ message }) => message.includes('tv-heroo'));
    expect(found).toMatchObject({ line: 3, column: 41, length: 8 });
  });

  test('is told all faults at once, and of no item that its file only makes unreadable', () => {
    write('segments/loyal.yaml', 'name: Loyal\nrule: profile.ordrs > 1\n');
    write('budgets/e-mails.yaml', 'unit: e-mails\nlimit: -5\nperiod: day\n');
    write('offers/tv-sport.yaml', 'name: TV\ngroup: growth\nvalue: {amountMinor: 5, currency: EUR}\n');
    expect(faults().map(({ file }) => file)).toEqual([
      'budgets/e-mails.yaml',
      'segments/loyal.yaml',
      'offers/tv-sport.yaml',
    ]);
  });

  test('with a fault deep in a list is told the line of the element', () => {
    write(
      'treatments/fibre-mail.yaml',
      [
        'offerId: fibre-1000\nchannel: email\nplacements: [email/newsletter]\ncontent: {}',
        'uses:\n  - budgetId: e-mails\n    amount: 1\n  - budgetId: stamps\n    amount: 1\n',
      ].join('\n'),
    );
    expect(faults()).toMatchObject([
      { line: 8, column: 15, length: 6, message: 'uses.1.budgetId: There is no budget "stamps"' },
    ]);
  });

  test('with YAML that is none, and a key that stands twice, is told where', () => {
    write('segments/loyal.yaml', 'name: Loyal\nname: Again\nrule: "profile.orders\n');
    expect(faults().map(({ line }) => line)).toEqual([2, 4]);
  });

  test('is told of every item that is left without what it names', () => {
    rmSync(join(directory, 'placements/email/newsletter.yaml'));
    expect(faults().map(({ file, line }) => `${file}:${line}`)).toEqual([
      'treatments/fibre-mail.yaml:5',
      'treatments/loyalty-mail.yaml:5',
      'campaigns/win-back.yaml:6',
    ]);
  });

  test('with a folder or file whose name is none of the known is told so', () => {
    write('ofers/tv.yaml', 'name: TV');
    write('offers/tv.yml', 'name: TV');
    write('offers/README.md', 'Offers');
    expect(faults().map(({ file }) => file)).toEqual(['ofers', 'offers/tv.yml']);
  });

  test('with an id that is not its path is told so', () => {
    write('segments/loyal.yaml', 'segmentId: loyl\nname: Loyal\nrule: profile.orders > 1\n');
    expect(faults()).toMatchObject([
      { line: 1, column: 12, message: 'segmentId: Expected "loyal", the id in the path' },
    ]);
  });

  test('without any item is refused, for it would empty the catalogue', () => {
    expect(() => readItemFiles(tmpdir())).toThrow('has no items');
  });

  test('has its faults shown with the line and marks below it', () => {
    write('segments/loyal.yaml', 'name: Loyal\nrule: profile.ordrs > 1\n');
    const shown = showFaults(readItemFiles(directory).faults);
    expect(shown.split('\n').slice(1)).toEqual(['  2 | rule: profile.ordrs > 1', '    |               ^^^^^']);
    expect(shown).toMatch(/segments\/loyal\.yaml:2:15: rule: ordrs is not known here/);
  });
});
