import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type CheckedStage, stageOf } from '#support/aws-checks/aws-check.ts';
import { awsChecks } from '#support/aws-checks/aws-checks.ts';
import { StageTemplates } from '#support/stage-templates.ts';

const checks = Object.values(awsChecks).flat();
const page = readFileSync(new URL('../../docs/aws-checks.md', import.meta.url), 'utf8');

/** Identifiers of a stage that fill all the bytes that they may have. */
const identifiers = {
  blocked: Array.from({ length: 120 }, (_, index) => `shared-value-${index}-shared`).slice(0, 110),
};

/** A stage as checks look at it: what it has none of breaks no law. */
const checked = (stage: StageTemplates): CheckedStage => ({
  templates: stage.templates,
  resources: (...types) => stage.resourcesIfAny(...types),
  text: (value) => stage.text(value),
});

describe.each([
  ['dev', new StageTemplates('dev')],
  ['staging', new StageTemplates('staging')],
  ['prod', new StageTemplates('prod')],
  [
    'prod with everything that can be set',
    new StageTemplates('prod', { alarmEmail: 'on-call@example.com', archiveDays: 30, identifiers, tracing: true }),
  ],
])('stage %s', (_stage, templates) => {
  test.each(checks.map((check) => [check.law, check] as const))('%s', (_law, check) => {
    expect(check.faults(checked(templates))).toEqual([]);
  });
});

describe('each check sees what breaks it', () => {
  test.each(checks.map((check) => [check.law, check] as const))('%s', (_law, check) => {
    expect(check.faults(stageOf(check.broken))).not.toEqual([]);
  });
});

describe('docs/aws-checks.md', () => {
  test.each(Object.entries(awsChecks))('has the checks of %s, each with its source', (subject, own) => {
    const section = page.split(`## ${subject}\n`)[1]?.split('\n## ')[0] ?? '';
    const rows = section.split('\n').filter((line) => line.startsWith('| ') && !line.startsWith('| law'));
    expect(rows).toEqual(
      own.map(({ law, source }) => `| ${law} | [${new URL(source).pathname.split('/').at(-1)}](${source}) |`),
    );
  });
});
