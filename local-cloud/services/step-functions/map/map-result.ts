import * as z from 'zod';
import type { Execution } from '#local-cloud/services/step-functions/engine/execution.ts';
import { StateError } from '#local-cloud/services/step-functions/engine/state-error.ts';
import type { VisitContext } from '#local-cloud/services/step-functions/engine/visit-context.ts';
import { evaluate } from '#local-cloud/services/step-functions/jsonata/evaluate.ts';
import type { MapState } from '#local-cloud/services/step-functions/language/state.ts';
import { serviceFailure } from '#local-cloud/services/step-functions/tasks/service-failure.ts';
import { childReport } from './child-report.ts';

type ResultWriter = NonNullable<MapState['ResultWriter']>;

const destination = z.looseObject({ Bucket: z.string(), Prefix: z.string().default('') });

/** What a map run gives: its children's outputs in the order of the items, or where they were written to. Throws `StateError`. */
export async function mapResult(context: VisitContext, state: MapState, mapRunArn: string): Promise<unknown> {
  const { store, mapRuns } = context.run.engine;
  const count = mapRuns.byArn(mapRunArn).childSizes?.length ?? 0;
  const children = Array.from({ length: count }, (_, index) => store.child(mapRunArn, index));
  const begun = children.filter((child) => child !== undefined);
  if (state.ResultWriter === undefined) return begun.map(compact);
  const pending = children.flatMap((child, index) =>
    child === undefined ? [{ Input: JSON.stringify(store.mapItem(mapRunArn, index)), Status: 'PENDING' }] : [],
  );
  return await write(context, state.ResultWriter, mapRunArn, begun, pending);
}

/** A child's output; one that failed has none, and is told whole. */
function compact(child: Execution): unknown {
  return child.status === 'SUCCEEDED' ? child.output : childReport(child);
}

async function write(
  context: VisitContext,
  { Arguments, WriterConfig }: ResultWriter,
  mapRunArn: string,
  children: readonly Execution[],
  pending: readonly unknown[],
): Promise<unknown> {
  const { engine, execution } = context.run;
  const asked = await evaluate(Arguments, 'ResultWriter/Arguments', context.bindings());
  const { Bucket, Prefix } = destination.parse(asked);
  const folder = [Prefix.replace(/\/$/, ''), mapRunArn.split(':').at(-1)].filter((part) => part !== '').join('/');
  const { OutputType, Transformation } = WriterConfig;
  const role = engine.context.roleOf(execution.machine.roleArn);
  const put = async (name: string, text: string) => {
    const Key = `${folder}/${name}`;
    const input = { Bucket, Key, Body: text, ContentType: 'application/json' };
    await engine.context.call(role, 's3', 'PutObject', input).catch((error: unknown) => {
      const failure = serviceFailure(error, 'S3');
      throw failure instanceof StateError ? new StateError('States.ResultWriterFailed', failure.reason) : failure;
    });
    return { Key, Size: Buffer.byteLength(text) };
  };
  const file = async (status: string, results: readonly unknown[]) => {
    if (results.length === 0) return [];
    const lines = OutputType === 'JSONL';
    const text = lines ? results.map((result) => `${JSON.stringify(result)}\n`).join('') : JSON.stringify(results);
    return [await put(`${status}_0.${lines ? 'jsonl' : 'json'}`, text)];
  };
  const succeeded = children.filter(({ status }) => status === 'SUCCEEDED');
  const failed = children.filter(({ status }) => status !== 'SUCCEEDED');
  const results = succeeded.map((child) => (Transformation === 'NONE' ? childReport(child) : child.output));
  const ResultFiles = {
    FAILED: await file('FAILED', failed.map(childReport)),
    PENDING: await file('PENDING', pending),
    SUCCEEDED: await file('SUCCEEDED', Transformation === 'FLATTEN' ? results.flat() : results),
  };
  const manifest = { DestinationBucket: Bucket, MapRunArn: mapRunArn, ResultFiles };
  const { Key } = await put('manifest.json', JSON.stringify(manifest));
  return { MapRunArn: mapRunArn, ResultWriterDetails: { Bucket, Key } };
}
