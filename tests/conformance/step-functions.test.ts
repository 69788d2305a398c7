import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { isRecord } from '#local-cloud/cloud/record.ts';
import { ServiceError } from '#local-cloud/cloud/service.ts';
import { answerAsRecorded } from '#support/asl-recordings/answer-as-recorded.ts';
import { differences, plain, same } from '#support/asl-recordings/differences.ts';
import { type Recording, readRecordings } from '#support/asl-recordings/recording.ts';
import { sharedData } from '#support/shared-data.ts';
import { stepFunctions } from '#support/state-machines.ts';

const { file: folder, missing } = sharedData('asl_recordings');

describe.skipIf(missing)(missing || 'executions recorded on AWS', () => {
  const outcome = { passed: 0, refused: 0, failed: 0 };
  const recordings = missing ? [] : readRecordings(folder);

  test.for(recordings.map((recording) => [recording.id, recording] as const))('%s', async ([, recording]) => {
    try {
      const found = await replay(recording);
      expect(found).toEqual([]);
      outcome.passed++;
    } catch (error) {
      if (error instanceof RefusedDefinition && recording.needsJsonPath) outcome.refused++;
      else {
        outcome.failed++;
        throw error;
      }
    }
  });

  test('none of them fails', () => {
    console.info(`recordings: ${JSON.stringify(outcome)}`);
    expect(outcome.failed).toBe(0);
    expect(outcome.passed + outcome.refused).toBe(recordings.length);
  });
});

/** The machine could not be made: something in its definition is not supported, by name. */
class RefusedDefinition extends Error {}

async function replay(recording: Recording): Promise<readonly string[]> {
  const objects = new Map<string, string>();
  const cloud = stepFunctions(answerAsRecorded(recording, objects));
  const machineArn = await cloud.machine(recording.definition).catch((error: unknown) => {
    throw error instanceof Error && error.cause instanceof ServiceError ? new RefusedDefinition(error.message) : error;
  });
  const executionArn = await cloud.start(machineArn, recording.input);
  const { expected } = recording;
  const { status, error, cause, output } = await cloud.ended(executionArn);
  const ending = { status, ...(error === undefined ? {} : { error }), ...(cause === undefined ? {} : { cause }) };
  const asked = {
    status: expected.status,
    ...(expected.error === undefined ? {} : { error: expected.error }),
    ...(expected.cause === undefined ? {} : { cause: expected.cause }),
  };
  const found = [
    ...differences(expected.events ?? [], expected.events === null ? [] : await cloud.history(executionArn)),
  ];
  if (!same(plain(asked), plain(ending))) found.push(`ended ${JSON.stringify(ending)} for ${JSON.stringify(asked)}`);
  if (expected.status === 'SUCCEEDED' && expected.events !== null) {
    if (!same(plain({ output: expected.output }), plain({ output }))) found.push(`output ${output}`);
  }
  if (expected.describeMapRun !== undefined) found.push(...(await mapRunDifferences(cloud, executionArn, expected)));
  for (const { bucket, key, json } of expected.s3Objects) {
    const written = [...objects].find(([path]) => same(`${bucket}/${key}`.replace(/<.*>/, '<uuid:0>'), path))?.[1];
    if (written === undefined || !sameMembers(json, JSON.parse(written))) found.push(`${bucket}/${key}: ${written}`);
  }
  return found;
}

async function mapRunDifferences(
  cloud: ReturnType<typeof stepFunctions>,
  executionArn: string,
  { listMapRuns, describeMapRun }: Recording['expected'],
): Promise<readonly string[]> {
  const listed = listedMapRuns.parse(await cloud.call('ListMapRuns', { executionArn }));
  const described = await cloud.call('DescribeMapRun', { mapRunArn: listed.mapRuns[0]?.mapRunArn });
  const told = [
    [listMapRuns, listed],
    [describeMapRun, described],
  ] as const;
  return told.flatMap(([expected, actual]) =>
    same(withTexts(expected), withTexts(actual)) ? [] : [`${JSON.stringify(actual)} for ${JSON.stringify(expected)}`],
  );
}

const listedMapRuns = z.looseObject({ mapRuns: z.array(z.looseObject({ mapRunArn: z.string() })) });

/** Times as texts, which a recording has in their place. */
function withTexts(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (name, member: unknown) =>
    name.endsWith('Date') ? String(member) : member,
  );
}

/** Whether what was written has the members that were recorded. */
function sameMembers(expected: unknown, actual: unknown): boolean {
  if (!isRecord(expected) || !isRecord(actual)) return same(expected, actual);
  return Object.entries(expected).every(([name, member]) => sameMembers(member, actual[name]));
}
