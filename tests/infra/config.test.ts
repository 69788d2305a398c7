import { expect, it } from 'vitest';
import { stageConfig } from '#infra/config.ts';

it.each(['dev', 'staging', 'prod'])('knows the stage %s', (stage) => {
  expect(stageConfig(stage)).toMatchObject({ stage });
});

it.each(['production', '', undefined, 7])('refuses the stage %s and lists those that are', (stage) => {
  expect(() => stageConfig(stage)).toThrow('Stage is one of dev, staging, prod');
});

it('refuses an alarm address that is no e-mail address', () => {
  expect(() => stageConfig('dev', { alarmEmail: 'on-call' })).toThrow('alarmEmail');
});
