import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type FileItem, readItemFiles } from '#scripts/catalogue/item-files.ts';
import { textOfItem } from '#scripts/catalogue/item-text.ts';
import { showFaults } from '#scripts/catalogue/show-faults.ts';

const example = 'examples/catalogue';
let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'catalogue-'));
  cpSync(example, directory, { recursive: true });
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

/** What a push tells of a directory, with its files named from there. */
const told = () => showFaults(readItemFiles(directory).faults).replaceAll(`${relative('.', directory)}/`, '');

/** Puts a text in place of another one in a file of the example. */
function change(file: string, from: string, to: string): void {
  const path = join(directory, file);
  const text = readFileSync(path, 'utf8');
  expect(text).toContain(from);
  writeFileSync(path, text.replace(from, to));
}

/** File, what is written for what, and the lines that are told. */
const mistakes: readonly (readonly [string, string, string, readonly string[]])[] = [
  [
    'offers/tv-sport.yaml',
    'currency: EUR',
    'currency: ABC',
    [
      'offers/tv-sport.yaml:7:13: value.currency: Expected an ISO 4217 code such as EUR',
      '  7 |   currency: ABC',
      '    |             ^^^',
    ],
  ],
  [
    'offers/tv-sport.yaml',
    'currency: EUR',
    'currency: eur',
    [
      'offers/tv-sport.yaml:7:13: value.currency: Expected an ISO 4217 code such as EUR',
      '  7 |   currency: eur',
      '    |             ^^^',
    ],
  ],
  [
    'offers/tv-sport.yaml',
    'group: grow',
    'group: grwo',
    ['offers/tv-sport.yaml:3:8: group: There is no offer group "grwo"', '  3 | group: grwo', '    |        ^^^^'],
  ],
  [
    'offers/tv-sport.yaml',
    'state: live',
    'state: lve',
    [
      'offers/tv-sport.yaml:9:8: state: Expected one of draft, live, paused; did you mean live?',
      '  9 | state: lve',
      '    |        ^^^',
    ],
  ],
  [
    'offers/tv-sport.yaml',
    'state: live',
    'state: 5',
    [
      'offers/tv-sport.yaml:9:8: state: Expected one of draft, live, paused, not a number',
      '  9 | state: 5',
      '    |        ^',
    ],
  ],
  [
    'offers/tv-sport.yaml',
    'state: live',
    'stat: live',
    ['offers/tv-sport.yaml:9:1: stat: There is no such field', '  9 | stat: live', '    | ^^^^'],
  ],
  [
    'offers/tv-sport.yaml',
    'name: Sport channels',
    'name: ""',
    ['offers/tv-sport.yaml:2:7: name: Expected a text that is not empty', '  2 | name: ""', '    |       ^^'],
  ],
  [
    'offers/tv-sport.yaml',
    'name: Sport channels',
    'name: [Sport]',
    ['offers/tv-sport.yaml:2:7: name: Expected text, not a list', '  2 | name: [Sport]', '    |       ^^^^^^^'],
  ],
  [
    'offers/tv-sport.yaml',
    'profile.interactions >= 3',
    'profile.interaction >= 3',
    [
      'offers/tv-sport.yaml:8:21: applicable: interaction is not known here; expected one of traits, personal, purchases, dispositions, types, touchpoints, channels, campaigns, products, categories, sessions, interactions, orders, first_seen, last_seen, first_purchase, last_purchase',
      '  8 | applicable: profile.interaction >= 3',
      '    |                     ^^^^^^^^^^^',
    ],
  ],
  [
    'offers/tv-sport.yaml',
    'profile.interactions >= 3',
    'profile.interactions >= "3"',
    [
      'offers/tv-sport.yaml:8:37: applicable: Expected a number, found a text',
      '  8 | applicable: profile.interactions >= "3"',
      '    |                                     ^^^',
    ],
  ],
  [
    'offers/tv-sport.yaml',
    'profile.interactions >= 3',
    'profile.interactions >=',
    [
      'offers/tv-sport.yaml:8:36: applicable: The rule ends in the middle',
      '  8 | applicable: profile.interactions >=',
      '    |                                    ^',
    ],
  ],
  [
    'offers/fibre-1000.yaml',
    'amountMinor: 12000',
    'amountMinor: 120.5',
    [
      'offers/fibre-1000.yaml:5:16: value.amountMinor: Expected a whole number, not 120.5',
      '  5 |   amountMinor: 120.5',
      '    |                ^^^^^',
    ],
  ],
  [
    'offers/fibre-1000.yaml',
    'amountMinor: 12000',
    'amountMinor: -1',
    [
      'offers/fibre-1000.yaml:5:16: value.amountMinor: Expected at least 0, not -1',
      '  5 |   amountMinor: -1',
      '    |                ^^',
    ],
  ],
  [
    'offers/fibre-1000.yaml',
    'amountMinor: 12000',
    'amountMinor: many',
    [
      'offers/fibre-1000.yaml:5:16: value.amountMinor: Expected a number, not text',
      '  5 |   amountMinor: many',
      '    |                ^^^^',
    ],
  ],
  [
    'offers/fault-apology.yaml',
    'kind: transactional',
    'kind: transaction',
    [
      'offers/fault-apology.yaml:4:7: kind: Expected one of standard, transactional, mandatory; did you mean transactional?',
      '  4 | kind: transaction',
      '    |       ^^^^^^^^^^^',
    ],
  ],
  [
    'offers/fault-apology.yaml',
    'in_segment("in-trouble")',
    'in_segment("in-troubel")',
    [
      'offers/fault-apology.yaml:9:22: eligible: There is no segment "in-troubel"',
      '  9 | eligible: in_segment("in-troubel")',
      '    |                      ^^^^^^^^^^^^',
    ],
  ],
  [
    'treatments/tv-hero.yaml',
    'offerId: tv-sport',
    'offerId: tv-sprot',
    [
      'treatments/tv-hero.yaml:2:10: offerId: There is no offer "tv-sprot"',
      '  2 | offerId: tv-sprot',
      '    |          ^^^^^^^^',
    ],
  ],
  [
    'treatments/tv-hero.yaml',
    '- web/home-hero',
    '- web/home-heroo',
    [
      'treatments/tv-hero.yaml:5:5: placements.0: There is no placement "web/home-heroo"',
      '  5 |   - web/home-heroo',
      '    |     ^^^^^^^^^^^^^^',
    ],
  ],
  [
    'treatments/tv-hero.yaml',
    'channel: web',
    'channel: wbe',
    [
      'placements/web/home-hero.yaml:4:10: channel: The treatment "tv-hero" is for wbe',
      '  4 | channel: web',
      '    |          ^^^',
      'treatments/tv-hero.yaml:5:5: placements.0: "web/home-hero" is on the channel web, not wbe',
      '  5 |   - web/home-hero',
      '    |     ^^^^^^^^^^^^^',
    ],
  ],
  [
    'treatments/tv-hero.yaml',
    '1.5 : 1.0',
    '1.5 : "1.0"',
    [
      'treatments/tv-hero.yaml:12:69: contextWeight: Expected a number, found a text',
      '  12 | contextWeight: \'has(context.match_day) && context.match_day ? 1.5 : "1.0"\'',
      '     |                                                                     ^^^^^',
    ],
  ],
  [
    'placements/web/home-hero.yaml',
    'limit: 1',
    'limit: 0',
    ['placements/web/home-hero.yaml:6:8: limit: Expected at least 1, not 0', '  6 | limit: 0', '    |        ^'],
  ],
  [
    'placements/web/home-hero.yaml',
    'limit: 1',
    'limit: 1000',
    [
      'placements/web/home-hero.yaml:6:8: limit: Expected at most 20, not 1000',
      '  6 | limit: 1000',
      '    |        ^^^^',
    ],
  ],
  [
    'placements/web/home-hero.yaml',
    'direction: inbound',
    'direction: in',
    [
      'placements/web/home-hero.yaml:5:12: direction: Expected one of inbound, outbound',
      '  5 | direction: in',
      '    |            ^^',
    ],
  ],
  [
    'budgets/e-mails.yaml',
    'period: day',
    'period: daily',
    [
      'budgets/e-mails.yaml:5:9: period: Expected one of day, week, month, total',
      '  5 | period: daily',
      '    |         ^^^^^',
    ],
  ],
  [
    'budgets/e-mails.yaml',
    'limit: 500',
    'limit: lots',
    ['budgets/e-mails.yaml:4:8: limit: Expected a number, not text', '  4 | limit: lots', '    |        ^^^^'],
  ],
  [
    'budgets/e-mails.yaml',
    'timeZone: Europe/Berlin',
    'timeZone: Europe/Berln',
    [
      'budgets/e-mails.yaml:6:11: timeZone: Expected an IANA time zone such as Europe/Berlin',
      '  6 | timeZone: Europe/Berln',
      '    |           ^^^^^^^^^^^^',
    ],
  ],
  [
    'contact-policies/quiet-nights.yaml',
    '"21:00"',
    '"25:00"',
    [
      'contact-policies/quiet-nights.yaml:4:11: quietHours.0.from: Expected a time of day such as 21:00',
      '  4 |   - from: "25:00"',
      '    |           ^^^^^^^',
    ],
  ],
  [
    'contact-policies/fair-contact.yaml',
    'windowDays: 7',
    'windowDays: 0',
    [
      'contact-policies/fair-contact.yaml:6:17: caps.0.windowDays: Expected at least 1, not 0',
      '  6 |     windowDays: 0',
      '    |                 ^',
    ],
  ],
  [
    'contact-policies/fair-contact.yaml',
    'after: rejected',
    'after: refused',
    [
      'contact-policies/fair-contact.yaml:13:12: rests.0.after: Expected one of presented, clicked, accepted, rejected, ignored, no-answer, bounced, complained, unsubscribed, converted, considering, call-back, not-reached',
      '  13 |   - after: refused',
      '     |            ^^^^^^^',
    ],
  ],
  [
    'strategies/everywhere.yaml',
    'share: 0.1',
    'share: 1.1',
    [
      'strategies/everywhere.yaml:8:12: challengers.0.share: Expected at most 1, not 1.1',
      '  8 |     share: 1.1',
      '    |            ^^^',
      'strategies/everywhere.yaml:1:1: The shares add up to 1.2, more than 1',
    ],
  ],
  [
    'strategies/everywhere.yaml',
    'tv-hero: 1.5',
    'tv-heroo: 1.5',
    [
      'strategies/everywhere.yaml:10:7: challengers.0.leverOverrides.tv-heroo: There is no treatment "tv-heroo"',
      '  10 |       tv-heroo: 1.5',
      '     |       ^^^^^^^^',
    ],
  ],
  [
    'segments/loyal.yaml',
    'orders >= 3',
    'orders => 3',
    [
      'segments/loyal.yaml:3:22: rule: Unexpected character: =',
      '  3 | rule: profile.orders => 3',
      '    |                      ^',
    ],
  ],
];

test.each(mistakes)('in %s, for %s, %s', (file, from, to, lines) => {
  change(file, from, to);
  expect(told().split('\n')).toEqual(lines);
});

test('tells the faults of all files at once', () => {
  const some = mistakes.filter(([file], index) => mistakes.findIndex(([other]) => other === file) === index);
  for (const [file, from, to] of some) change(file, from, to);
  const all = told();
  expect(some.length).toBeGreaterThan(5);
  for (const [file] of some) expect(all).toContain(`${file}:`);
});

/** Words of zod's own, which nobody who writes a catalogue can know. */
const ofZod =
  /Invalid (input|option|type|union|key|element)|Too (small|big)|expected \w+, received|Unrecognized key|undefined/;

const { items } = readItemFiles(example);
/** Every field of every example, as the keys and places that lead to it. */
const fields = items.flatMap((item) => pathsIn(item.item).map((path) => ({ item, path })));

function pathsIn(value: unknown, path: readonly (string | number)[] = []): (readonly (string | number)[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  return Object.entries(value).flatMap(([key, each]) => {
    const own = [...path, Array.isArray(value) ? Number(key) : key];
    return [own, ...(typeof each === 'object' ? pathsIn(each, own) : [])];
  });
}

function replaced(value: unknown, [key, ...rest]: readonly (string | number)[], by: unknown): unknown {
  if (key === undefined) return by;
  if (Array.isArray(value)) return value.map((each, index) => (index === key ? replaced(each, rest, by) : each));
  return Object.fromEntries(
    Object.entries(value as object).map(([name, each]) => [name, name === key ? replaced(each, rest, by) : each]),
  );
}

const nonsense = fc.oneof(
  fc.constantFrom<unknown>(null, true, -1, 0.5, 1e300, '', ' ', 'nonsense', [], {}, [null], { a: 1 }),
  fc.string({ unit: 'grapheme', maxLength: 80 }),
);

test('whatever stands in whatever field is told of in our words, with marks under what is in the file', () => {
  let told = 0;
  fc.assert(
    fc.property(fc.constantFrom(...fields), nonsense, ({ item, path }, value) => {
      const file = join(directory, item.kind, `${item.id}.yaml`);
      const text = readFileSync(file, 'utf8');
      writeFileSync(file, textOfItem(replaced(item.item, path, value) as FileItem['item']));
      const { faults } = readItemFiles(directory);
      writeFileSync(file, text);
      for (const { message, line, column = 1, length = 1, shown = '' } of faults) {
        expect(message).not.toMatch(ofZod);
        expect(line).toBeGreaterThan(0);
        expect(column - 1 + length).toBeLessThanOrEqual(Math.max(1, shown.length + 1));
      }
      told += faults.length;
    }),
    { numRuns: Number(process.env.LEMNISCATE_PROPERTY_RUNS ?? 60) },
  );
  expect(told).toBeGreaterThan(20);
});
