import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { readCommandLine } from '#scripts/run/read-command-line.ts';
import { takenByNpm } from '#scripts/run/run-command.ts';
import { commands } from '#support/commands.ts';

const named = (name: string) => {
  const found = commands.find((each) => each.name === name);
  if (found === undefined) throw new Error(`No script is named ${name}`);
  return found;
};
const read = (name: string, ...args: string[]) => readCommandLine(named(name), args);
const help = (...args: [string, ...string[]]) => {
  const line = read(...args);
  return line.kind === 'help' ? line.text : line.kind;
};

const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };

test('knows every npm script that runs a file of scripts/', () => {
  const ours = Object.entries(scripts).flatMap(([name, line]) =>
    /^node scripts\/.*main\.ts$/.test(line) ? [name] : [],
  );
  const known: string[] = commands.map(({ name }) => name);
  expect(ours.length).toBeGreaterThan(10);
  expect(ours.filter((name) => !known.includes(name))).toEqual([]);
});

test.each(commands.map((script) => [script.name, script] as const))(
  '%s --help says what it is for and names every option, of each of its commands too',
  (name, script) => {
    const each = 'commands' in script ? script.commands : [script];
    expect(help(name, '--help')).toContain(script.summary);
    expect(help(name, '-h')).toBe(help(name, '--help'));
    for (const command of each) {
      const texts = [help(name, '--help'), ...('commands' in script ? [help(name, command.name, '--help')] : [])];
      for (const text of texts) {
        for (const option of command.options) expect(text).toMatch(new RegExp(`^ *--${option.name}\\b`, 'm'));
        for (const part of command.positionals) expect(text).toContain(part.placeholder);
      }
    }
  },
);

test.each(commands.flatMap((script) => ('commands' in script ? script.commands : [script])))(
  'every value of $name has a description',
  ({ options, positionals }) => {
    expect([...options, ...positionals].filter(({ description }) => description === '')).toEqual([]);
  },
);

test('helps with what a value has to be, and what it is when it is not given', () => {
  expect(help('bench', '--help')).toBe(`npm run bench -- [--minutes M] [--only PART] [--write]

Measures sizes, start-up, rates, throughput and prices, and prints one Markdown table with the goals and what was missed.

--minutes M  Minutes of 1,000 events a second (a number above 0; 1 when it is not given).
--only PART  One part alone (one of functions, rates, decisions, allocation, cloud, bill).
--write      Leaves the table in docs/bench.md too.

-h, --help  Says this.`);
});

test('takes all behind "--" as it is, and reads "=" and numbers below zero', () => {
  expect(read('models', '--', '--help').kind).toBe('run');
  expect(read('models', '--stage=dev').kind).toBe('run');
  expect(read('catalogue', '--dry-run', 'push', 'd').kind).toBe('run');
  expect(read('local', '--port', '1', '--port', '2').kind).toBe('run');
  expect(read('budgets', '--seed', '-5')).toMatchObject({ text: expect.stringMatching(/^--seed -5: expected/) });
});

/** Script, its words, and all that is told of them above the line to run. */
const mistakes: readonly (readonly [string, string, string])[] = [
  ['allocate', '', '--problem FILE is missing: a file, a JSON value a line: the limits, then the customers.'],
  ['athena', '', 'QUERY is missing: one query in SQL, in quotes: "SELECT …".'],
  ['athena', '""', 'QUERY "": expected a query in SQL.'],
  ['athena', '--stge dev q', 'There is no option --stge: did you mean --stage?'],
  ['athena', '--Stage dev q', 'There is no option --Stage: did you mean --stage?'],
  ['athena', '-stage dev q', 'There is no option -stage: did you mean --stage?'],
  ['athena', '—stage dev q', 'There is no option —stage: did you mean --stage?'],
  ['athena', '--jsno q', 'There is no option --jsno: did you mean --json?'],
  [
    'athena',
    '--csf --jsn q',
    'There is no option --csf: did you mean --csv?\nThere is no option --jsn: did you mean --json?\n--csv and --json are two forms: take one.',
  ],
  ['athena', '--frobnicate q', 'There is no option --frobnicate: expected one of --file, --csv, --json, --stage.'],
  ['athena', '-x q', 'There is no option -x: expected one of --file, --csv, --json, --stage.'],
  ['athena', 'q --stage', '--stage has no value: expected --stage STAGE.'],
  ['athena', 'q --stage=', '--stage has no value: expected --stage STAGE.'],
  ['athena', 'q --stage --csv', '--stage has no value: expected --stage STAGE.'],
  ['athena', 'q --stage dev --stage prod', '--stage stands twice.'],
  ['athena', 'q --csv=yes', '--csv takes no value, and got yes.'],
  ['athena', 'q --csv --json', '--csv and --json are two forms: take one.'],
  ['athena', 'q --file f', '--file f: expected the query here or in QUERY, not both.'],
  ['athena', 'SELECT 1', '"1" is too much: expected QUERY alone. A text with blanks stands in quotes.'],
  [
    'bench',
    '--only rats',
    '--only rats: expected one of functions, rates, decisions, allocation, cloud, bill. Did you mean rates?',
  ],
  ['bench', '--only weather', '--only weather: expected one of functions, rates, decisions, allocation, cloud, bill.'],
  ['bench', '--minutes 0', '--minutes 0: expected a number above 0.'],
  ['bench', '--minutes soon', '--minutes soon: expected a number above 0.'],
  ['bench', 'now', '"now" is too much: only options are expected.'],
  ['bill', '--events 199', '--events 199: expected a whole number from 200.'],
  ['bill', '--events 1000.5', '--events 1000.5: expected a whole number from 200.'],
  [
    'bill',
    '--single_rate x',
    'There is no option --single_rate: did you mean --single-rate?\n--single-rate x: expected a number above 0.',
  ],
  ['budgets', '--decisions abc', '--decisions abc: expected a whole number from 1.'],
  ['budgets', '--seed -5', '--seed -5: expected a whole number from 0.'],
  ['budgets', '--seed 1e400', '--seed 1e400: expected a whole number from 0.'],
  ['catalogue', '', 'A command is missing: expected one of push, pull, schema.'],
  ['catalogue', 'psh d', 'There is no command psh: did you mean push? There are push, pull, schema.'],
  ['catalogue', 'delete d', 'There is no command delete: expected one of push, pull, schema.'],
  ['catalogue', '--dry-run d', 'A command is missing: expected one of push, pull, schema.'],
  [
    'catalogue',
    'push',
    'DIR is missing: a folder for each kind of items and a YAML file for each item: offers/tv.yaml, placements/web/home-hero.yaml.',
  ],
  ['catalogue', 'push d e', '"e" is too much: expected DIR alone. A text with blanks stands in quotes.'],
  ['catalogue', 'pull d --dryrun', 'There is no option --dryrun: did you mean --dry-run?'],
  ['catalogue', 'pull d --dry', 'There is no option --dry: did you mean --dry-run?'],
  [
    'credentials',
    'mak --name x',
    'There is no command mak: did you mean make? There are make, list, revoke, rotate, proof-key.',
  ],
  ['credentials', 'make --touchpoint web --scopes collect', '--name NAME is missing: what people call it.'],
  [
    'credentials',
    'make --name n --touchpoint web --scopes colect',
    '--scopes colect: expected one or more of collect, decide, read, catalogue, admin, with commas between. Did you mean collect?',
  ],
  [
    'credentials',
    'make --name n --touchpoint web --scopes collect,raed',
    '--scopes collect,raed: expected one or more of collect, decide, read, catalogue, admin, with commas between. Did you mean read?',
  ],
  [
    'credentials',
    'make --name n --touchpoint web --scopes collect --trust all',
    '--trust all: expected one of public, server.',
  ],
  [
    'credentials',
    'make --name n --touchpoint web --scopes collect --rate 0',
    '--rate 0: expected a whole number from 1.',
  ],
  [
    'credentials',
    'make --name n --touchpoint web --scopes collect --overlap 7d',
    '--overlap is an option of rotate, not of make.',
  ],
  ['credentials', 'revoke', 'CREDENTIAL_ID is missing: its id, as "npm run credentials -- list" tells it.'],
  ['credentials', 'rotate id --overlap 7y', '--overlap 7y: expected a time such as 30m, 12h or 7d.'],
  ['deploy', '--stge prod', 'There is no option --stge: did you mean --stage?'],
  ['deploy', '--stage', '--stage has no value: expected --stage STAGE.'],
  ['diff', '--stage dev --stage prod', '--stage stands twice.'],
  ['docs', '--chek', 'There is no option --chek: did you mean --check?'],
  ['identity-key', 'backup', 'FILE is missing: the file of the backup.'],
  ['identity-key', 'restore f', '--stage STAGE is missing: a deployed stage.'],
  ['identity-key', 'backup f --replace', '--replace is an option of restore, not of backup.'],
  ['local', '--port 65536', '--port 65536: expected a whole number from 0 to 65535.'],
  ['local', '--now tomorrow', '--now tomorrow: expected a time such as 2026-01-31T12:00:00Z.'],
  ['local', '--no-anounce', 'There is no option --no-anounce: did you mean --no-announce?'],
  ['redrive', 'all', '"all" is too much: only options are expected.'],
  ['start', '--customers 0', '--customers 0: expected a whole number from 1.'],
  ['start', '--port 80.5', '--port 80.5: expected a whole number from 0 to 65535.'],
  ['models', 'a b', '"b" is too much: expected MODEL alone. A text with blanks stands in quotes.'],
  ['rebuild', '--repiar', 'There is no option --repiar: did you mean --repair?'],
  ['recover', '--from 2026-01-01', '--to YYYY-MM-DD is missing: last day of arrival, in UTC.'],
  ['recover', '--from 2026-02-30 --to 2026-03-01', '--from 2026-02-30: expected a day such as 2026-01-31.'],
  ['recover', '--from 2026-02-02 --to 2026-02-01', '--to 2026-02-01: expected no day before --from.'],
];

test.each(mistakes)('%s %s: %s', (name, words, told) => {
  const args = words === '' ? [] : words.split(' ').map((word) => (word === '""' ? '' : word));
  const line = read(name, ...args);
  if (line.kind !== 'mistaken') throw new Error(`It is ${line.kind}`);
  const [above, below = ''] = line.text.split('\n\n');
  expect(above).toBe(told);
  expect(below.split('\n').at(-1)).toBe(`More: ${name === 'start' ? 'npm start' : `npm run ${name}`} -- --help`);
});

test.each([
  ['athena', ['--stge', 'dev', `SELECT 'a'`], `Run: npm run athena -- --stage dev "SELECT 'a'"`],
  ['athena', ['--jsno', 'SELECT "a"'], `Run: npm run athena -- --json 'SELECT "a"'`],
  ['catalogue', ['psh', 'my dir'], 'Run: npm run catalogue -- push "my dir"'],
  ['catalogue', ['push', '--dry'], 'Usage: npm run catalogue -- push DIR [--dry-run] [--yes] [--stage STAGE]'],
  ['deploy', ['--stge', 'prod', '--force'], 'Run: npm run deploy -- --stage prod --force'],
])('tells of %s %j the line to run: mended where all could be, else the form', (name, args, line) => {
  expect(read(name, ...args)).toMatchObject({ kind: 'mistaken', text: expect.stringContaining(`\n\n${line}\n`) });
});

test('passes on what is CDK’s', () => {
  expect(read('deploy', '--require-approval', 'never', '--stage', 'prod', '--force').kind).toBe('run');
});

test('does nothing when npm took an option for its own', () => {
  const taken = (env: Record<string, string>) => takenByNpm(named('catalogue'), env);
  expect(taken({ npm_lifecycle_event: 'catalogue', npm_config_dry_run: 'true' })).toMatch(
    /^npm took --dry-run for an option of its own: ours stand behind " -- "\.\n\nUsage: npm run catalogue -- push/,
  );
  expect(taken({ npm_lifecycle_event: 'catalogue' })).toBeUndefined();
  // What an .npmrc says of its own options comes the same way.
  expect(taken({ npm_lifecycle_event: 'catalogue', npm_config_yes: '' })).toBeUndefined();
  expect(taken({ npm_lifecycle_event: 'catalogue', npm_config_yes: 'false' })).toBeUndefined();
  expect(taken({ npm_lifecycle_event: 'test', npm_config_dry_run: 'true' })).toBeUndefined();
});

const run = (...args: string[]) =>
  promisify(execFile)(process.execPath, ['scripts/models/main.ts', ...args]).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    ({ code, stdout, stderr }) => ({ code, stdout, stderr }),
  );

test('prints help and ends well, and a mistake without a stack and ends with 1', async () => {
  const [helped, mistaken] = await Promise.all([run('--help'), run('--stge', 'dev')]);
  expect(helped).toMatchObject({ code: 0, stdout: `${help('models', '--help')}\n`, stderr: '' });
  expect(mistaken).toEqual({
    code: 1,
    stdout: '',
    stderr:
      'There is no option --stge: did you mean --stage?\n\nRun: npm run models -- --stage dev\nMore: npm run models -- --help\n',
  });
});
