import { expect, it } from 'vitest';
import { StageConfig, stageConfig } from '#infra/config.ts';

it.each(['dev', 'staging', 'prod'])('knows the stage %s', (stage) => {
  expect(stageConfig(stage)).toMatchObject({ stage });
});

it.each(['production', '', undefined, 7])('refuses the stage %s and lists those that are', (stage) => {
  expect(() => stageConfig(stage)).toThrow('Stage is one of dev, staging, prod');
});

it('refuses an alarm address that is no e-mail address', () => {
  expect(() => stageConfig('dev', { alarmEmail: 'on-call' })).toThrow('alarmEmail');
});

it.each([
  [{ region: 'XX' }, 'No phone numbers are known of XX'],
  [{ types: [{ name: 'Spa' }] }, 'A name has up to 32'],
  [{ mappings: [{ from: 'properties.spa', type: 'spa_id' }] }, 'There is no type spa_id'],
  [{ blocked: Array.from({ length: 400 }, (_, index) => `blocked-${index}`) }, 'at most 3,000 characters'],
])('refuses identifiers that functions could not read: %j', (identifiers, message) => {
  expect(() => StageConfig.parse({ ...stageConfig('dev'), identifiers })).toThrow(message);
});

it('refuses a time zone that there is not', () => {
  expect(() => StageConfig.parse({ ...stageConfig('dev'), timeZone: 'Europe/Bonn' })).toThrow('IANA time zone');
});

it('takes a type and where it stands', () => {
  const identifiers = {
    types: [{ name: 'spa_id' }],
    mappings: [{ from: 'properties.spa_guest', type: 'spa_id', touchpoint: 'store' }],
  };
  expect(StageConfig.parse({ ...stageConfig('dev'), identifiers }).identifiers).toEqual(identifiers);
});
