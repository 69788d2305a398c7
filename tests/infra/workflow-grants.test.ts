import { describe, expect, test } from 'vitest';
import { isRecord } from '#local-cloud/cloud/record.ts';
import { grantsOf } from '#support/grants-of.ts';
import { type Json, StageTemplates } from '#support/stage-templates.ts';
import { valuesIn, type WorkflowFile, workflowFiles } from '#support/workflow-files.ts';

const templates = new StageTemplates();
const machines = templates.resources('AWS::StepFunctions::StateMachine');

/** The machine that a file is the definition of. */
function machineOf({ text }: WorkflowFile) {
  const found = machines.filter(({ properties }) => properties.DefinitionString === text);
  if (found.length !== 1) throw new Error(`${found.length} machines have this definition`);
  return found[0] as (typeof machines)[number];
}

/** The actions that states call, by AWS's guides to each integration and to distributed maps; Athena acts in the role as well. */
function actionsOf({ definition }: WorkflowFile): readonly string[] {
  const values = valuesIn(definition.States);
  const resources = values.filter(([path]) => /(^|\/)Resource$/.test(path)).map(([, value]) => String(value));
  const isDistributed = values.some(([, value]) => isRecord(value) && value.Mode === 'DISTRIBUTED');
  const calls = resources.flatMap((resource) => actions[resource] ?? [`unknown: ${resource}`]);
  return [...new Set([...calls, ...(isDistributed ? ofMaps : [])])].sort();
}

const actions: Readonly<Record<string, readonly string[]>> = {
  'arn:aws:states:::lambda:invoke': ['lambda:InvokeFunction'],
  'arn:aws:states:::athena:startQueryExecution.sync': [
    'athena:GetQueryExecution',
    'athena:StartQueryExecution',
    'athena:StopQueryExecution',
  ],
  'arn:aws:states:::s3:listObjectsV2': [],
};
const ofMaps = ['states:DescribeExecution', 'states:RedriveExecution', 'states:StartExecution', 'states:StopExecution'];

/** What the substitutions of a definition stand for, with only those functions that its tasks name. */
const namedFunctions = ({ text }: WorkflowFile, substitutions: Json) =>
  [...new Set([...text.matchAll(/"FunctionName": "\$\{(\w+)\}"/g)].map(([, name = '']) => name))].map((name) =>
    templates.text(substitutions[name]).replace(/[0-9A-F]{8}(?=\.|$)/, ''),
  );

describe.each(workflowFiles().map((file) => [file.name, file] as const))('%s', (_name, file) => {
  const { properties } = machineOf(file);
  const roleId = templates.text(properties.RoleArn).replace(/[0-9A-F]{8}\.Arn$/, '');
  const grants = grantsOf(templates, roleId);

  test('may do exactly what its states call', () => {
    const own = grants
      .map((grant) => grant.split(' ')[0] ?? '')
      .filter((action) => /^(athena|lambda|states):/.test(action));
    expect([...new Set(own)].sort()).toEqual(actionsOf(file));
  });

  test('may call exactly the functions that it names', () => {
    const called = grants.flatMap((grant) => /^lambda:InvokeFunction (.*)$/.exec(grant)?.[1] ?? []);
    expect(called.sort()).toEqual(namedFunctions(file, properties.DefinitionSubstitutions).sort());
  });

  test('is given a value for every name in its definition, and no other', () => {
    const names = new Set([...file.text.matchAll(/\$\{(\w+)\}/g)].map(([, name]) => name));
    expect(Object.keys(properties.DefinitionSubstitutions).sort()).toEqual([...names].sort());
  });

  test('logs no data of its executions', () => {
    expect(properties.LoggingConfiguration).toMatchObject({ IncludeExecutionData: false });
  });
});
