import { globSync, readFileSync } from 'node:fs';
import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { type Json, StageTemplates } from '#support/stage-templates.ts';

/** CloudFormation ends at 500, in the middle of a deploy. */
const mostResources = 400;
const mostOutputs = 160;

describe.each(['dev', 'staging', 'prod'])('stage %s', (stage) => {
  const { stacks } = new StageTemplates(stage);
  const templates = Object.entries(stacks).map(([name, stack]) => ({
    name,
    template: Template.fromStack(stack).toJSON() as Json,
  }));

  test.each(templates)('leaves room in the stack $name', ({ template }) => {
    expect(Object.keys(template.Resources).length).toBeLessThanOrEqual(mostResources);
    expect(Object.keys(template.Outputs ?? {}).length).toBeLessThanOrEqual(mostOutputs);
  });

  test('tells nothing under a name that another stack has, for scripts read all as one', () => {
    const told = templates.flatMap(({ template }) =>
      Object.keys(template.Outputs ?? {}).filter((name) => !/^(PublishOutput|ExportsOutput)/.test(name)),
    );
    expect(told).toEqual([...new Set(told)]);
  });

  test('knows stacks in one direction: each only those before it', () => {
    const order = Object.values(stacks);
    expect(order.flatMap(({ dependencies }) => dependencies)).not.toEqual([]);
    for (const [index, stack] of order.entries()) {
      expect(stack.dependencies.map((each) => order.indexOf(each as (typeof order)[number]) < index)).not.toContain(
        false,
      );
    }
  });

  test('pins no stack of functions by an export: what another stack reads of it can go', () => {
    for (const { name, template } of templates.filter((each) => each.name !== 'data')) {
      const exported = Object.entries<Json>(template.Outputs ?? {}).filter(([, { Export }]) => Export !== undefined);
      expect([name, exported]).toEqual([name, []]);
    }
  });
});

test('keeps each stack a table of contents', () => {
  const files = globSync('infra/stacks/*.ts');
  expect(files.length).toBeGreaterThanOrEqual(5);
  const long = files.filter((file) => readFileSync(file, 'utf8').trimEnd().split('\n').length > 80);
  expect(long).toEqual([]);
});

test('gives each stage of handlers a folder of its own', () => {
  const stagesIn = (pattern: string) => [...new Set(globSync(pattern).map((file) => file.split('/').at(2)))].sort();
  expect(stagesIn('infra/stages/*/functions.ts')).toEqual(stagesIn('functions/handlers/*/*/handler.ts'));
});
