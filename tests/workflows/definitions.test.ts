import { globSync, readFileSync } from 'node:fs';
import aslValidator from 'asl-validator';
import { describe, expect, test } from 'vitest';
import { readDefinition } from '#local-cloud/services/step-functions/language/read-definition.ts';
import { errorNamesIn, workflowFiles } from '#support/workflow-files.ts';

const files = workflowFiles().map((file) => [file.name, file] as const);

/** What Step Functions and Lambda themselves fail with: https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html */
const ofAws: ReadonlySet<string> = new Set([
  'Lambda.AWSLambdaException',
  'Lambda.SdkClientException',
  'Lambda.ServiceException',
  'Lambda.TooManyRequestsException',
  'Lambda.Unknown',
  // The runtime's own: a process that ended, and one that outlasted its function's time.
  'Runtime.ExitError',
  'Sandbox.Timedout',
  'States.ALL',
  'States.DataLimitExceeded',
  'States.ExceedToleratedFailureThreshold',
  'States.HeartbeatTimeout',
  'States.ItemReaderFailed',
  'States.QueryEvaluationError',
  'States.ResultWriterFailed',
  'States.TaskFailed',
  'States.Timeout',
]);

/** The names of the errors that functions throw. */
const ofFunctions = new Set(
  globSync('functions/**/*.ts').flatMap((path) =>
    [...readFileSync(path, 'utf8').matchAll(/class (\w+Error) extends/g)].map(([, name]) => name),
  ),
);

const realErrors = (names: readonly string[]) => names.filter((name) => !ofAws.has(name) && !ofFunctions.has(name));

test('there are workflows to look at', () => {
  expect(files.length).toBeGreaterThan(0);
});

describe.each(files)('%s', (_name, file) => {
  test('is valid by the schemas of the states language', () => {
    const { isValid, errors } = aslValidator(file.definition);
    expect({ isValid, errors: errors.map(({ Message }) => Message) }).toEqual({ isValid: true, errors: [] });
  });

  test('holds nothing that the local cloud refuses', () => {
    expect(() => readDefinition(file.text)).not.toThrow();
  });

  test('looks for no error that nobody fails with', () => {
    expect(errorNamesIn(file).length).toBeGreaterThan(0);
    expect(realErrors(errorNamesIn(file))).toEqual([]);
  });

  test('gives every task a time-out, and retries with jitter that are named', () => {
    const tasks = [...file.text.matchAll(/"Type": "Task"/g)].length;
    expect([...file.text.matchAll(/"TimeoutSeconds"/g)]).toHaveLength(tasks);
    expect([...file.text.matchAll(/"JitterStrategy": "FULL"/g)].length).toBeGreaterThanOrEqual(tasks);
  });
});

test('an error that nobody fails with is found', () => {
  const Do = { Type: 'Task', Catch: [{ ErrorEquals: ['RunPawsedError', 'States.Timeout'], Next: 'Do' }] };
  expect(realErrors(errorNamesIn({ definition: { States: { Do } } }))).toEqual(['RunPawsedError']);
});
