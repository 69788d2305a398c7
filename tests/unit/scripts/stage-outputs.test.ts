import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { stageOutputs } from '#scripts/target/stage-outputs.ts';

const sts = mockClient(STSClient);
const cloudFormation = mockClient(CloudFormationClient);
const stack = (...pairs: [string, string][]) => ({
  Stacks: [
    {
      StackName: 'any',
      CreationTime: new Date(),
      StackStatus: 'CREATE_COMPLETE' as const,
      Outputs: pairs.map(([OutputKey, OutputValue]) => ({ OutputKey, OutputValue })),
    },
  ],
});
const absent = Object.assign(new Error('Stack with id x does not exist'), { name: 'ValidationError' });

beforeEach(() => {
  sts.reset();
  cloudFormation.reset();
  sts.on(GetCallerIdentityCommand).resolves({ Account: '111122223333', Arn: 'arn:aws:iam::111122223333:user/ada' });
  vi.stubEnv('AWS_REGION', 'eu-central-1');
});
afterEach(() => vi.unstubAllEnvs());

test('tells the outputs of a stage’s own stacks, in the region where the shell leads', async () => {
  cloudFormation
    .on(DescribeStacksCommand, { StackName: 'Lemniscate-dev-ada-Data' })
    .resolves(stack(['CustomersTableName', 'customers-1']))
    .on(DescribeStacksCommand, { StackName: 'Lemniscate-dev-ada-Loop' })
    .resolves(stack(['DecideBatchFunctionName', 'decide-1']))
    .on(DescribeStacksCommand, { StackName: 'Lemniscate-dev-ada-Campaigns' })
    .resolves(stack(['ContactsDeadLettersUrl', 'https://sqs.example.org/contacts']))
    .on(DescribeStacksCommand, { StackName: 'Lemniscate-dev-ada-Api' })
    .resolves(stack(['ApiUrl', 'https://api.example.org']));
  expect(await stageOutputs('dev-ada')).toEqual({
    region: 'eu-central-1',
    outputs: {
      CustomersTableName: 'customers-1',
      DecideBatchFunctionName: 'decide-1',
      ContactsDeadLettersUrl: 'https://sqs.example.org/contacts',
      ApiUrl: 'https://api.example.org',
    },
  });
});

test('says which stack is not there, where it looked, and what to do', async () => {
  cloudFormation
    .on(DescribeStacksCommand)
    .rejects(absent)
    .on(DescribeStacksCommand, { StackName: 'Lemniscate-dev-Data' })
    .resolves(stack(['CustomersTableName', 'customers-1']));
  await expect(stageOutputs('dev')).rejects.toThrow(
    'There is no Lemniscate-dev-Loop and no Lemniscate-dev-Campaigns and no Lemniscate-dev-Api in account 111122223333, eu-central-1: sign in where the stage stands, or run "npm run deploy -- --stage dev" first',
  );
});

test('does not take another refusal for a stage that is not there', async () => {
  cloudFormation
    .on(DescribeStacksCommand)
    .rejects(Object.assign(new Error('not authorized'), { name: 'AccessDenied' }));
  await expect(stageOutputs('dev')).rejects.toMatchObject({ name: 'AccessDenied' });
});
