import { Template } from 'aws-cdk-lib/assertions';
import { expect, test } from 'vitest';
import type { StageConfig } from '#infra/config.ts';
import { StageTemplates } from '#support/stage-templates.ts';

test('leaves a stage without a place to wherever credentials lead', () => {
  const { stacks } = new StageTemplates('dev');
  expect(Object.values(stacks).map(({ environment }) => environment)).toEqual(
    Object.values(stacks).map(() => 'aws://unknown-account/unknown-region'),
  );
});

test('ties every stack of a stage to its account and region', () => {
  const { stacks } = new StageTemplates('prod', { account: '111122223333', region: 'eu-central-1' });
  expect(Object.values(stacks).map(({ environment }) => environment)).toEqual(
    Object.values(stacks).map(() => 'aws://111122223333/eu-central-1'),
  );
});

test('names what analysts type after the stage, the database so that SQL takes it without quotes', () => {
  const templates = new StageTemplates('Ada-dev-2');
  expect(templates.resource('AWS::Athena::WorkGroup').properties.Name).toBe('lemniscate-Ada-dev-2');
  expect(templates.resource('AWS::Glue::Database').properties.DatabaseInput.Name).toBe('lemniscate_ada_dev_2');
  expect(Object.values(templates.stacks)[0]?.stackName).toBe('Lemniscate-Ada-dev-2-Data');
});

test('has no name in common with another stage of the same account and region', () => {
  const [ada, ben] = ['dev-ada', 'dev-ben'].map(namesOf);
  expect(ada).toContain('lemniscate-dev-ada');
  expect(ada?.filter((name) => ben?.includes(name))).toEqual([]);
});

/** The names that a stage gives; those of an API and its authorizer need not be unique. */
function namesOf(stage: string): string[] {
  return new StageTemplates(stage)
    .resources()
    .filter(({ type }) => !type.startsWith('AWS::ApiGatewayV2::'))
    .flatMap(({ properties }) => [properties.Name, properties.DatabaseInput?.Name, properties.RoleName])
    .filter((name) => typeof name === 'string');
}

test('answers at the firm’s own domain beside API Gateway’s, and tells where its DNS record points', () => {
  const certificateArn = 'arn:aws:acm:eu-central-1:111122223333:certificate/c-1';
  const templates = new StageTemplates('dev', { domain: { name: 'loop.example.com', certificateArn } });
  const domain = templates.resource('AWS::ApiGatewayV2::DomainName');
  expect(domain.properties).toMatchObject({
    DomainName: 'loop.example.com',
    DomainNameConfigurations: [{ CertificateArn: certificateArn, EndpointType: 'REGIONAL', SecurityPolicy: 'TLS_1_2' }],
  });
  const { ApiId, DomainName, Stage } = templates.resource('AWS::ApiGatewayV2::ApiMapping').properties;
  expect([ApiId, DomainName].map((each) => templates.text(each))).toEqual([
    templates.resource('AWS::ApiGatewayV2::Api').id,
    domain.id,
  ]);
  expect(Stage).toBe('$default');
  const { Outputs } = Template.fromStack(templates.stacks.api).toJSON();
  expect(Outputs.OwnApiUrl.Value).toBe('https://loop.example.com');
  expect(templates.text(Outputs.OwnDomainTarget.Value)).toBe(`${domain.id}.RegionalDomainName`);
});

test('has no domain unless it is given one', () => {
  const templates = new StageTemplates('dev');
  expect(templates.resourcesIfAny('AWS::ApiGatewayV2::DomainName', 'AWS::ApiGatewayV2::ApiMapping')).toEqual([]);
  expect(Template.fromStack(templates.stacks.api).toJSON().Outputs).not.toHaveProperty('OwnApiUrl');
});

test('keeps a copy of the identity key in the region that the stage names, and otherwise none', () => {
  const keyOf = (settings: Partial<StageConfig>) =>
    new StageTemplates('prod', settings).resource('AWS::SecretsManager::Secret').properties.ReplicaRegions;
  expect(keyOf({ identityKeyCopyIn: 'eu-west-1' })).toEqual([{ Region: 'eu-west-1' }]);
  expect(keyOf({})).toBeUndefined();
});
