import * as z from 'zod';
import type { Run } from './faultable-call.ts';

type Input = Readonly<Record<string, unknown>>;
/** Says of an index whether that entry fails. */
type Fails = (index: number) => boolean;

const entries = z.looseObject({ Entries: z.array(z.looseObject({ Id: z.string().optional() })) });
const records = z.looseObject({ Records: z.array(z.unknown()) });
const requestItems = z.looseObject({ RequestItems: z.record(z.string(), z.unknown()) });
const keys = z.looseObject({ Keys: z.array(z.unknown()) });
const answers = z.looseObject({ Entries: z.array(z.unknown()) });
const responses = z.looseObject({ RequestResponses: z.array(z.unknown()) });
const successful = z.looseObject({ Successful: z.array(z.unknown()) });

/** Operations that can fail for some of their entries: each runs with the others and tells of those left out. */
const partials: Readonly<Record<string, (input: Input, fails: Fails, run: Run) => Promise<unknown>>> = {
  async PutEvents(input, fails, run) {
    const { Entries } = entries.parse(input);
    const kept = Entries.filter((_, index) => !fails(index));
    const done = kept.length === 0 ? [] : answers.parse(await run({ ...input, Entries: kept })).Entries;
    const failed = { ErrorCode: 'ThrottlingException', ErrorMessage: 'Rate exceeded' };
    return { FailedEntryCount: Entries.length - kept.length, Entries: woven(Entries, fails, done, failed) };
  },
  async PutRecordBatch(input, fails, run) {
    const { Records } = records.parse(input);
    const kept = Records.filter((_, index) => !fails(index));
    const done = kept.length === 0 ? [] : responses.parse(await run({ ...input, Records: kept })).RequestResponses;
    const failed = { ErrorCode: 'ServiceUnavailableException', ErrorMessage: 'Slow down.' };
    const FailedPutCount = Records.length - kept.length;
    return { FailedPutCount, RequestResponses: woven(Records, fails, done, failed) };
  },
  BatchGetItem: (input, fails, run) => unprocessed(input, fails, run, 'UnprocessedKeys'),
  BatchWriteItem: (input, fails, run) => unprocessed(input, fails, run, 'UnprocessedItems'),
  SendMessageBatch: queueBatch,
  DeleteMessageBatch: queueBatch,
};

/** Whether an operation can fail in part. */
export function failsInPart(operation: string): boolean {
  return Object.hasOwn(partials, operation);
}

/** Runs a batch operation with some entries left out, at least one, and answers as the service does then. */
export async function runInPart(operation: string, input: Input, draw: () => number, run: Run): Promise<unknown> {
  const chance = draw();
  const drawn = new Map<number, boolean>([[0, draw() < 0.5]]);
  const fails: Fails = (index) => {
    const known = drawn.get(index) ?? draw() < 0.3 + chance / 2;
    drawn.set(index, known);
    return known;
  };
  return partials[operation]?.(input, fails, run) ?? run(input);
}

async function unprocessed(input: Input, fails: Fails, run: Run, member: 'UnprocessedKeys' | 'UnprocessedItems') {
  const { RequestItems } = requestItems.parse(input);
  const left: Record<string, unknown> = {};
  const kept: Record<string, unknown> = {};
  let index = 0;
  for (const [table, asked] of Object.entries(RequestItems)) {
    const list = Array.isArray(asked) ? asked : keys.parse(asked).Keys;
    const shape = (some: unknown[]) => (Array.isArray(asked) ? some : { ...keys.parse(asked), Keys: some });
    const failing = list.map(() => fails(index++));
    const [out, done] = [list.filter((_, at) => failing[at]), list.filter((_, at) => !failing[at])];
    if (out.length > 0) left[table] = shape(out);
    if (done.length > 0) kept[table] = shape(done);
  }
  const answer = Object.keys(kept).length === 0 ? {} : await run({ ...input, RequestItems: kept });
  return { Responses: {}, ...z.looseObject({}).parse(answer), [member]: left };
}

async function queueBatch(input: Input, fails: Fails, run: Run) {
  const { Entries } = entries.parse(input);
  const kept = Entries.filter((_, index) => !fails(index));
  const out = Entries.filter((_, index) => fails(index));
  const Failed = out.map(({ Id }) => ({ Id, Code: 'InternalError', SenderFault: false }));
  const done = kept.length === 0 ? [] : successful.parse(await run({ ...input, Entries: kept })).Successful;
  return { Successful: done, Failed };
}

function woven(all: readonly unknown[], fails: Fails, done: readonly unknown[], failed: unknown): unknown[] {
  const left = done.values();
  return all.map((_, index) => (fails(index) ? failed : left.next().value));
}
