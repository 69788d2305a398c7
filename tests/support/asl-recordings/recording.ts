import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

const event = z.looseObject({ id: z.number(), previousEventId: z.number(), type: z.string() });

/** What a function returns; a long text is written as what it repeats. */
const returned = z.union([
  z.strictObject({ repeat: z.string(), times: z.number() }).transform(({ repeat, times }) => repeat.repeat(times)),
  z.unknown(),
]);

const recording = z.looseObject({
  id: z.string(),
  definition: z.unknown(),
  input: z.unknown(),
  lambdas: z
    .array(
      z.object({
        name: z.string(),
        behaviour: z.string(),
        returns: returned.optional(),
        error: z.object({ errorType: z.string(), errorMessage: z.string() }).optional(),
        sleepSeconds: z.number().optional(),
      }),
    )
    .default([]),
  s3Objects: z.array(z.object({ bucket: z.string(), key: z.string(), body: z.string() })).default([]),
  expected: z.looseObject({
    status: z.string(),
    output: z.unknown().optional(),
    error: z.string().optional(),
    cause: z.unknown().optional(),
    events: z.array(event).nullable(),
    listMapRuns: z.unknown().optional(),
    describeMapRun: z.unknown().optional(),
    s3Objects: z.array(z.object({ bucket: z.string(), key: z.string(), json: z.unknown() })).default([]),
  }),
  needsJsonPath: z.boolean().default(false),
  jsonPathStates: z.array(z.string()).default([]),
});
/** One execution as it was recorded on AWS: ../shared/data/asl_recordings/SOURCE.md says what each member means. */
export type Recording = z.infer<typeof recording>;

/** What stands in the recordings for this cloud's own names, here as in AWS's. */
const names: readonly (readonly [string, string])[] = [
  ['<partition>', 'aws'],
  ['<region>', 'eu-central-1'],
  ['111111111111', '123456789012'],
  ['<lambda_function_name>', 'lambda-function-name-0'],
  ['<lambda-function-name>', 'lambda-function-name-0'],
  ['<lambda_function_1_name>', 'lambda-function-name-1'],
];

/** Reads a folder of recordings, with this cloud's names in them. */
export function readRecordings(folder: string): readonly Recording[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => {
      const text = names.reduce(
        (replaced, [from, to]) => replaced.replaceAll(from, to),
        readFileSync(join(folder, file), 'utf8'),
      );
      return recording.parse(
        JSON.parse(text, (_, value: unknown) => (typeof value === 'string' ? repeated(value) : value)),
      );
    });
}

/** `<repeat:a:5>` stands for `aaaaa`. */
function repeated(text: string): string {
  return text.replace(/<repeat:(.):(\d+)>/g, (_, character: string, times: string) => character.repeat(Number(times)));
}
