import { expect, it } from 'vitest';
import { StageTemplates } from '#support/stage-templates.ts';

it('leaves a stage without a place to wherever credentials lead', () => {
  const { stacks } = new StageTemplates('dev');
  expect(Object.values(stacks).map(({ environment }) => environment)).toEqual(
    Object.values(stacks).map(() => 'aws://unknown-account/unknown-region'),
  );
});

it('ties every stack of a stage to its account and region', () => {
  const { stacks } = new StageTemplates('prod', { account: '111122223333', region: 'eu-central-1' });
  expect(Object.values(stacks).map(({ environment }) => environment)).toEqual(
    Object.values(stacks).map(() => 'aws://111122223333/eu-central-1'),
  );
});

it('names what analysts type after the stage, the database so that SQL takes it without quotes', () => {
  const templates = new StageTemplates('Ada-dev-2');
  expect(templates.resource('AWS::Athena::WorkGroup').properties.Name).toBe('lemniscate-Ada-dev-2');
  expect(templates.resource('AWS::Glue::Database').properties.DatabaseInput.Name).toBe('lemniscate_ada_dev_2');
  expect(Object.values(templates.stacks)[0]?.stackName).toBe('Lemniscate-Ada-dev-2-Data');
});

it('has no name in common with another stage of the same account and region', () => {
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
