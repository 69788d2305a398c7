import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { grantsOf } from '#support/grants-of.ts';
import { StageTemplates } from '#support/stage-templates.ts';

const templates = new StageTemplates();

/** What IAM calls the operations whose own names it does not know; undefined where it asks for nothing. */
const actionOf: Readonly<Record<string, string | undefined>> = {
  GetCallerIdentity: undefined,
  DeleteMessageBatch: 'DeleteMessage',
  SendMessageBatch: 'SendMessage',
  ListObjectsV2: 'ListBucket',
};
const services: Readonly<Record<string, string>> = {
  'dynamodb-streams': 'dynamodb',
  eventbridge: 'events',
  'secrets-manager': 'secretsmanager',
};

/** The files of scripts/ that a script is made of. */
function partsOf(file: string, found = new Set<string>()): ReadonlySet<string> {
  if (found.has(file)) return found;
  found.add(file);
  const imports = [
    ...readFileSync(file, 'utf8').matchAll(/^(?:import|export) .*?from '(\.{1,2}\/[^']+|#scripts\/[^']+)'/gms),
  ];
  for (const [, path = ''] of imports) {
    const part = path.startsWith('#') ? path.slice(1) : join(dirname(file), path);
    if (part.startsWith('scripts/') && existsSync(part)) partsOf(part, found);
  }
  return found;
}

/** What a script asks AWS for, as IAM's actions: commands and pagers that its own files import. */
function actionsOf(script: string): string[] {
  const imports = [...partsOf(`scripts/${script}/main.ts`)].flatMap((file) => [
    ...readFileSync(file, 'utf8').matchAll(/import \{([^}]+)\} from '@aws-sdk\/client-([a-z0-9-]+)'/g),
  ]);
  return imports.flatMap(([, names = '', client = '']) =>
    [...names.matchAll(/\b(?:paginate(\w+)|(\w+)Command)\b/g)].flatMap(([, paged, sent]) => {
      const operation = paged ?? sent ?? '';
      const action = operation in actionOf ? actionOf[operation] : operation;
      return action === undefined ? [] : [`${services[client] ?? client}:${action}`];
    }),
  );
}

test.each([
  ['analyst', 'athena'],
  ['operator', 'credentials'],
  ['operator', 'models'],
  ['operator', 'rebuild'],
  ['operator', 'recover'],
  ['operator', 'redrive'],
])('lets the %s call all that npm run %s calls', (role, script) => {
  const granted = new Set(grantsOf(templates, role).map((grant) => grant.split(' ')[0]));
  const actions = actionsOf(script);
  expect(actions).toContain('cloudformation:DescribeStacks');
  expect(actions.filter((action) => !granted.has(action))).toEqual([]);
});

test('finds the calls of a script, those of its parts too', () => {
  expect(actionsOf('redrive')).toEqual(
    expect.arrayContaining(['sqs:ReceiveMessage', 'firehose:PutRecordBatch', 's3:DeleteObject', 'dynamodb:GetRecords']),
  );
});
