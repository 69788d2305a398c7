import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { stagePlace } from '#scripts/target/stage-place.ts';

const sts = mockClient(STSClient);
const caller = 'arn:aws:sts::111122223333:assumed-role/deployer/ada';

beforeEach(() => {
  sts.reset();
  sts.on(GetCallerIdentityCommand).resolves({ Account: '111122223333', Arn: caller });
  for (const name of ['AWS_REGION', 'AWS_DEFAULT_REGION', 'AWS_PROFILE']) vi.stubEnv(name, undefined);
  // A machine's own settings must not say where the stage is.
  vi.stubEnv('AWS_CONFIG_FILE', '/nonexistent/config');
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', '/nonexistent/credentials');
});
afterEach(() => vi.unstubAllEnvs());

test.each(['AWS_REGION', 'AWS_DEFAULT_REGION'])('goes where %s leads, as whom the credentials are', async (name) => {
  vi.stubEnv(name, 'eu-central-1');
  expect(await stagePlace({ stage: 'dev' })).toEqual({ account: '111122223333', region: 'eu-central-1', caller });
});

test('goes to the region that a stage is tied to when the shell names none', async () => {
  expect(await stagePlace({ stage: 'prod', region: 'eu-west-1' })).toMatchObject({ region: 'eu-west-1' });
});

test('asks for a region when nothing names one, before it asks AWS', async () => {
  await expect(stagePlace({ stage: 'dev' })).rejects.toThrow('set AWS_REGION');
  expect(sts.calls()).toHaveLength(0);
});

test('refuses another region than the one that the stage is tied to, before it asks AWS', async () => {
  vi.stubEnv('AWS_REGION', 'us-east-1');
  await expect(stagePlace({ stage: 'prod', region: 'eu-west-1' })).rejects.toThrow(
    'Stage prod stands in eu-west-1, says infra/config.ts, and this shell leads to us-east-1: set AWS_REGION=eu-west-1',
  );
  expect(sts.calls()).toHaveLength(0);
});

test('refuses another account than the one that the stage is tied to', async () => {
  vi.stubEnv('AWS_REGION', 'eu-west-1');
  await expect(stagePlace({ stage: 'prod', account: '999900001111', region: 'eu-west-1' })).rejects.toThrow(
    `Stage prod stands in account 999900001111, says infra/config.ts, and these credentials are of 111122223333 (${caller})`,
  );
});

test('leaves it to AWS to say what is wrong with the credentials', async () => {
  vi.stubEnv('AWS_REGION', 'eu-west-1');
  sts.on(GetCallerIdentityCommand).rejects(Object.assign(new Error('expired'), { name: 'ExpiredToken' }));
  await expect(stagePlace({ stage: 'dev' })).rejects.toMatchObject({ name: 'ExpiredToken' });
});
