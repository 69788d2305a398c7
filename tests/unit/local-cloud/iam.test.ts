import { expect, test } from 'vitest';
import type { ResourceContext } from '#local-cloud/cloud/service.ts';
import { createIam, type Iam } from '#local-cloud/iam/iam.ts';
import { readPolicy } from '#local-cloud/iam/policy.ts';
import type { Principal } from '#local-cloud/iam/principal.ts';

const account = '123456789012';
const table = `arn:aws:dynamodb:eu-central-1:${account}:table/customers`;
const queue = `arn:aws:sqs:eu-central-1:${account}:inbox`;
const rule = `arn:aws:events:eu-central-1:${account}:rule/bus/r`;
const role: Principal = { kind: 'role', roleArn: `arn:aws:iam::${account}:role/worker` };
const events: Principal = { kind: 'service', service: 'events.amazonaws.com', sourceArn: rule };

const context: ResourceContext = {
  logicalId: 'Worker',
  stackName: 'S',
  region: 'eu-central-1',
  account,
  assemblyDirectory: '',
  physicalName: () => 'worker',
};
const policy = (...Statement: object[]) => ({ Version: '2012-10-17', Statement });
const allow = (Action: string | string[], Resource: string, more: object = {}) => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...more,
});

async function iamWithRole(...statements: object[]): Promise<Iam> {
  const iam = createIam(account);
  const policies = [{ PolicyName: 'p', PolicyDocument: policy(...statements) }];
  await iam.service.resources['AWS::IAM::Role']?.create({ Policies: policies }, context);
  return iam;
}
const asks = (iam: Iam, principal: Principal, action: string, resource: string) => () =>
  iam.authorise(principal, [{ action, resources: [resource] }]);

test('names principal, action and resource when it denies', async () => {
  const iam = await iamWithRole(allow('dynamodb:GetItem', table));
  expect(asks(iam, role, 'dynamodb:PutItem', table)).toThrow(
    `role/worker is not authorized to perform: dynamodb:PutItem on resource: ${table}`,
  );
});

test.each([
  ['an exact action', allow('dynamodb:GetItem', table), true],
  ['an action in other letters', allow('dynamodb:getitem', table), true],
  ['a wildcard in the action', allow('dynamodb:Get*', table), true],
  ['a wildcard in the resource', allow('dynamodb:GetItem', 'arn:aws:dynamodb:*:*:table/cust?mers'), true],
  ['a list of actions', allow(['s3:GetObject', 'dynamodb:GetItem'], table), true],
  ['another resource with the same beginning', allow('dynamodb:GetItem', `${table}-old`), false],
  [
    'a tag, for resources have none here',
    allow('dynamodb:GetItem', table, { Condition: { StringEquals: { 'aws:ResourceTag/stage': 'dev' } } }),
    false,
  ],
  ['a dot that is no wildcard', allow('dynamodb:GetItem', table.replace('custom', 'cust.m')), false],
])('decides GetItem by %s', async (_, statement, allowed) => {
  const ask = asks(await iamWithRole(statement), role, 'dynamodb:GetItem', table);
  if (allowed) expect(ask).not.toThrow();
  else expect(ask).toThrow('not authorized');
});

test('lets an explicit deny win over any allow', async () => {
  const iam = await iamWithRole(allow('*', '*'), { ...allow('dynamodb:DeleteItem', table), Effect: 'Deny' });
  expect(asks(iam, role, 'dynamodb:DeleteItem', table)).toThrow('not authorized');
  expect(asks(iam, role, 'dynamodb:GetItem', table)).not.toThrow();
});

test('lets a service in by the resource policy, for the named source only', () => {
  const iam = createIam(account);
  const Condition = { ArnEquals: { 'aws:SourceArn': rule } };
  const Principal = { Service: 'events.amazonaws.com' };
  iam.addResourcePolicy(queue, readPolicy(policy(allow('sqs:SendMessage', queue, { Principal, Condition }))));
  expect(asks(iam, events, 'sqs:SendMessage', queue)).not.toThrow();
  expect(asks(iam, { ...events, sourceArn: `${rule}2` }, 'sqs:SendMessage', queue)).toThrow('not authorized');
  expect(asks(iam, { ...events, service: 's3.amazonaws.com' }, 'sqs:SendMessage', queue)).toThrow('not authorized');
});

test('counts a local call as one with TLS', async () => {
  const iam = await iamWithRole(allow('sqs:SendMessage', queue));
  const Condition = { Bool: { 'aws:SecureTransport': 'false' } };
  const statement = { ...allow('sqs:*', queue), Effect: 'Deny', Principal: { AWS: '*' }, Condition };
  iam.addResourcePolicy(queue, readPolicy(policy(statement)));
  expect(asks(iam, role, 'sqs:SendMessage', queue)).not.toThrow();
});

test.each([
  ['operator', { IpAddress: { 'aws:SourceArn': '1' } }, 'IpAddress'],
  ['key', { StringEquals: { 'aws:PrincipalTag/team': 'x' } }, 'aws:PrincipalTag/team'],
])('refuses an unknown condition %s by name', (_, Condition, name) => {
  expect(() => readPolicy(policy(allow('*', '*', { Condition })))).toThrow(name);
});

test('refuses an unknown managed policy by name', async () => {
  const create = createIam(account).service.resources['AWS::IAM::Role']?.create;
  const ManagedPolicyArns = ['arn:aws:iam::aws:policy/AdministratorAccess'];
  await expect(create?.({ ManagedPolicyArns }, context)).rejects.toThrow('AdministratorAccess');
});
