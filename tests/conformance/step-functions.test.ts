import { describe, expect, test } from 'vitest';
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
    const told: unknown = JSON.parse(output ?? 'null');
    if (!same(plain(expected.output), plain(told))) found.push(`output ${output}`);
  }
  return found;
}
