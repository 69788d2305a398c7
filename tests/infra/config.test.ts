import { expect, test } from 'vitest';
import { StageConfig, stageConfig } from '#infra/config.ts';
import { layOver } from '#infra/lay-over.ts';
import { stageLike } from '#infra/stage-like.ts';

test.each(['dev', 'staging', 'prod'])('knows the stage %s', (stage) => {
  expect(stageConfig(stage)).toMatchObject({ stage });
});

test.each(['production', '', undefined, 7])('refuses the stage %s and lists those that are', (stage) => {
  expect(() => stageConfig(stage)).toThrow('Stage is one of dev, staging, prod');
});

test.each(['dev-ada', 'eu-prod', 'acme-staging-2', 'Blue-dev'])('takes the stage %s as one of its kind', (stage) => {
  const kind = stage.split('-').find((part) => ['dev', 'staging', 'prod'].includes(part));
  expect(stageConfig(stage)).toEqual({ ...stageConfig(kind), stage });
});

test.each(['dev-prod', 'dev_ada', 'dev--ada', '-dev', 'dev-', 'devada', 'DEV', 'dev-ä', `dev-${'a'.repeat(29)}`])(
  'refuses the stage %s, which no stack could have or whose kind is in doubt',
  (stage) => {
    expect(() => stageConfig(stage)).toThrow('as dev-ada or eu-prod, or is added to infra/config.ts');
  },
);

test('gives a stage of a kind no domain of that kind, for a domain leads to one API', () => {
  const certificateArn = 'arn:aws:acm:eu-central-1:111122223333:certificate/c-1';
  const kinds = [{ ...stageConfig('prod'), domain: { name: 'loop.example.com', certificateArn } }];
  expect(stageLike('prod', kinds)).toHaveProperty('domain');
  expect(stageLike('us-prod', kinds)).not.toHaveProperty('domain');
});

test.each([
  [{ account: '1234' }, 'twelve digits'],
  [{ region: 'Frankfurt' }, 'such as eu-central-1'],
  [{ domain: { name: 'https://loop.example.com', certificateArn: certificate('eu-central-1') } }, 'without scheme'],
  [{ domain: { name: 'loop.example.com', certificateArn: 'c-1' } }, 'by its ARN in ACM'],
  [
    { region: 'eu-west-1', domain: { name: 'loop.example.com', certificateArn: certificate('us-east-1') } },
    'of the stage’s own account and region',
  ],
  [
    { account: '999900001111', domain: { name: 'loop.example.com', certificateArn: certificate('us-east-1') } },
    'of the stage’s own account and region',
  ],
  [{ region: 'eu-west-1', identityKeyCopyIn: 'eu-west-1' }, 'in another region'],
])('refuses what CloudFormation would refuse later: %j', (settings, message) => {
  expect(() => StageConfig.parse({ ...stageConfig('dev'), ...settings })).toThrow(message);
});

function certificate(region: string): string {
  return `arn:aws:acm:${region}:111122223333:certificate/c-1`;
}

test('keeps a setting that no override was given for, and takes one that was', () => {
  const settings = { ...stageConfig('dev'), alarmEmail: 'on-call@example.com' };
  expect(layOver(settings, { alarmEmail: undefined })).toEqual(settings);
  expect(layOver(settings, {})).toEqual(settings);
  expect(layOver(settings, { alarmEmail: 'night@example.com' })).toEqual({
    ...settings,
    alarmEmail: 'night@example.com',
  });
});

test('refuses an alarm address that is no e-mail address', () => {
  expect(() => stageConfig('dev', { alarmEmail: 'on-call' })).toThrow('alarmEmail');
});

test.each([
  [{ region: 'XX' }, 'No phone numbers are known of XX'],
  [{ types: [{ name: 'Spa' }] }, 'A name has up to 32'],
  [{ mappings: [{ from: 'properties.spa', type: 'spa_id' }] }, 'There is no type spa_id'],
  [{ blocked: Array.from({ length: 400 }, (_, index) => `blocked-${index}`) }, 'at most 3,000 characters'],
  [{ blocked: Array.from({ length: 120 }, (_, index) => `ungültig-überall-${index}-空`) }, '3,000 bytes'],
])('refuses identifiers that functions could not read: %j', (identifiers, message) => {
  expect(() => StageConfig.parse({ ...stageConfig('dev'), identifiers })).toThrow(message);
});

test('refuses a time zone that there is not', () => {
  expect(() => StageConfig.parse({ ...stageConfig('dev'), timeZone: 'Europe/Bonn' })).toThrow('IANA time zone');
});

test('takes a type and where it stands', () => {
  const identifiers = {
    types: [{ name: 'spa_id' }],
    mappings: [{ from: 'properties.spa_guest', type: 'spa_id', touchpoint: 'store' }],
  };
  expect(StageConfig.parse({ ...stageConfig('dev'), identifiers }).identifiers).toEqual(identifiers);
});
