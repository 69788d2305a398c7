import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { stageConfig } from '#infra/config.ts';
import type { Json } from '#support/stage-templates.ts';

const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'));
const text = readFileSync('examples/pipeline/deploy.yaml', 'utf8');
const workflow: Json = parse(text);
const template: Json = parse(readFileSync('examples/pipeline/deploy-role.yaml', 'utf8'));
const jobs = Object.entries<Json>(workflow.jobs);
const deploying = jobs.filter(([, { steps }]) => runsOf(steps).some((run) => run.startsWith('npm run deploy')));
const role = template.Resources.DeployRole.Properties;
const statements: Json[] = role.Policies.flatMap(({ PolicyDocument }: Json) => PolicyDocument.Statement);

function runsOf(steps: Json[]): string[] {
  return steps.flatMap(({ run }) => run ?? []);
}

test('runs only commands that there are, and checks before it deploys', () => {
  const commands = jobs
    .flatMap(([, { steps }]) => runsOf(steps))
    .flatMap((run) => /^npm run (\S+)/.exec(run)?.[1] ?? []);
  expect(commands.length).toBeGreaterThan(3);
  expect(commands.filter((command) => scripts[command] === undefined)).toEqual([]);
  for (const [name, { needs }] of deploying) expect([name, needs]).toEqual([name, name === 'dev' ? 'check' : 'dev']);
});

test('deploys stages that there are, each in its own environment', () => {
  expect(deploying.map(([, { env }]) => stageConfig(env.STAGE).stage)).toEqual(['dev', 'prod']);
  for (const [, { env, environment }] of deploying) expect(environment).toBe(env.STAGE);
});

test('holds no key: a job asks for credentials with a token of its own, and only those that deploy may', () => {
  expect(text).not.toMatch(/secrets\.|aws-(access|secret)|AWS_SECRET/i);
  expect(workflow.permissions).toEqual({ contents: 'read' });
  const asking = jobs.filter(([, { permissions }]) => permissions?.['id-token'] === 'write');
  expect(asking.map(([name]) => name)).toEqual(deploying.map(([name]) => name));
  for (const [, { steps }] of deploying) {
    const asked = steps.find(({ uses }: Json) => uses?.startsWith('aws-actions/configure-aws-credentials@'));
    expect(asked.with).toEqual({
      'role-to-assume': '${{ vars.AWS_DEPLOY_ROLE }}',
      'aws-region': '${{ vars.AWS_REGION }}',
    });
  }
});

test('gives the role to one environment of one repository', () => {
  const [trust, ...others] = role.AssumeRolePolicyDocument.Statement;
  expect(others).toEqual([]);
  expect(trust.Action).toBe('sts:AssumeRoleWithWebIdentity');
  expect(trust.Condition).toEqual({
    StringEquals: {
      'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com',
      'token.actions.githubusercontent.com:sub': { 'Fn::Sub': 'repo:${Repository}:environment:${Environment}' },
    },
  });
});

test('lets the role do no more than take CDK’s own roles and look whether they are there', () => {
  expect(statements.map(({ Effect, Action }) => [Effect, Action])).toEqual([
    ['Allow', 'sts:AssumeRole'],
    ['Allow', 'ssm:GetParameter'],
  ]);
  const resources = statements.flatMap(({ Resource }) => [Resource].flat()).map((each: Json) => each['Fn::Sub']);
  expect(resources.filter((arn: string) => arn.includes('*'))).toEqual([]);
});

test('names CDK’s roles and its version as the bootstrap template of this CDK does', () => {
  const [file = ''] = globSync('node_modules/aws-cdk/lib/**/bootstrap-template.yaml');
  const bootstrap = readFileSync(file, 'utf8');
  const resources = statements
    .flatMap(({ Resource }) => [Resource].flat())
    .map((each: Json) => String(each['Fn::Sub']));
  const names = resources.map((arn) => arn.replace(/^.*:(role\/|parameter)/, ''));
  expect(names).toHaveLength(4);
  for (const name of names) expect(bootstrap).toContain(name);
});
