import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, expect, test } from 'vitest';
import { checkBootstrap } from '#scripts/deploy/check-bootstrap.ts';

const ssm = mockClient(SSMClient);
const place = { account: '111122223333', region: 'eu-central-1', caller: 'arn:aws:iam::111122223333:user/ada' };
const named = (name: string) => Object.assign(new Error(name), { name });
const command = 'run "npx cdk bootstrap aws://111122223333/eu-central-1" once';

beforeEach(() => ssm.reset());

test('takes an account and region that CDK is bootstrapped in', async () => {
  ssm
    .on(GetParameterCommand, { Name: '/cdk-bootstrap/hnb659fds/version' })
    .resolves({ Parameter: { Name: 'version', Type: 'String', Value: '28' } });
  await expect(checkBootstrap(place)).resolves.toBeUndefined();
});

test('looks for the bootstrap stack of the app’s own qualifier', async () => {
  ssm.on(GetParameterCommand).resolves({ Parameter: { Name: 'version', Type: 'String', Value: '28' } });
  await checkBootstrap(place, 'blue');
  expect(ssm.call(0).args[0].input).toEqual({ Name: '/cdk-bootstrap/blue/version' });
});

test('says how to bootstrap where nobody did', async () => {
  ssm.on(GetParameterCommand).rejects(named('ParameterNotFound'));
  await expect(checkBootstrap(place)).rejects.toThrow(`is not in account 111122223333, eu-central-1: ${command}`);
});

test('says how to renew a bootstrap stack that is too old', async () => {
  ssm.on(GetParameterCommand).resolves({ Parameter: { Name: 'version', Type: 'String', Value: '5' } });
  await expect(checkBootstrap(place)).rejects.toThrow(`has version 5 and 6 is needed: ${command}`);
});

test('lets those deploy who may not look at parameters', async () => {
  ssm.on(GetParameterCommand).rejects(named('AccessDeniedException'));
  await expect(checkBootstrap(place)).resolves.toBeUndefined();
});

test('leaves other refusals to AWS’s words', async () => {
  ssm.on(GetParameterCommand).rejects(named('ExpiredTokenException'));
  await expect(checkBootstrap(place)).rejects.toMatchObject({ name: 'ExpiredTokenException' });
});
