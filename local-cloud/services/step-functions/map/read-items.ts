import * as z from 'zod';
import { StateError } from '#local-cloud/services/step-functions/engine/state-error.ts';
import type { VisitContext } from '#local-cloud/services/step-functions/engine/visit-context.ts';
import { evaluate, evaluateAs } from '#local-cloud/services/step-functions/jsonata/evaluate.ts';
import type { MapState } from '#local-cloud/services/step-functions/language/state.ts';
import { serviceFailure } from '#local-cloud/services/step-functions/tasks/service-failure.ts';
import { csvItems } from './csv-items.ts';
import { itemReaderFailed } from './item-reader-failed.ts';
import { listedObjects } from './listed-objects.ts';

type ItemReader = NonNullable<MapState['ItemReader']>;

/** Items with where they came from, as `$states.context.Map.Item.Source` says it. */
export interface ReadItems {
  readonly items: readonly unknown[];
  readonly source: string;
}

const place = z.looseObject({ Bucket: z.string(), Key: z.string().optional(), Prefix: z.string().optional() });
const limit = z.int().min(0).max(100_000_000);

/** What is to be read, with every expression of the reader evaluated. Throws `StateError`. */
export async function readerSettings(context: VisitContext, { Arguments, ReaderConfig }: ItemReader) {
  const bindings = context.bindings();
  const { MaxItems, CSVHeaders } = ReaderConfig;
  const asked = await evaluate(Arguments, 'ItemReader/Arguments', bindings);
  const config = 'ItemReader/ReaderConfig';
  return {
    place: place.parse(asked),
    most: MaxItems === undefined ? 0 : await evaluateAs('number', limit, MaxItems, `${config}/MaxItems`, bindings),
    headers:
      CSVHeaders === undefined
        ? undefined
        : await evaluateAs('array', z.array(z.string()), CSVHeaders, `${config}/CSVHeaders`, bindings),
  };
}

/** Reads the items in the machine's role. Throws `States.ItemReaderFailed`. */
export async function readItems(
  context: VisitContext,
  reader: ItemReader,
  { place: { Bucket, Key, Prefix }, most, headers }: Awaited<ReturnType<typeof readerSettings>>,
): Promise<ReadItems> {
  const upTo = (items: readonly unknown[]) => (most === 0 ? items : items.slice(0, most));
  const { engine, execution } = context.run;
  const s3 = (operation: string, input: Readonly<Record<string, unknown>>) =>
    engine.context
      .call(engine.context.roleOf(execution.machine.roleArn), 's3', operation, input)
      .catch((error: unknown) => {
        const failure = serviceFailure(error, 'S3');
        throw failure instanceof StateError ? itemReaderFailed(failure.reason ?? '') : failure;
      });
  if (reader.Resource === 'arn:aws:states:::s3:listObjectsV2') {
    return { items: upTo(await listedObjects(s3, Bucket, Prefix)), source: `S3://${Bucket}` };
  }
  if (Key === undefined) throw itemReaderFailed('The Arguments of an ItemReader that gets an object name its Key');
  const { Body } = z.object({ Body: z.instanceof(Uint8Array) }).parse(await s3('GetObject', { Bucket, Key }));
  const text = Buffer.from(Body).toString('utf8');
  return { items: upTo(itemsIn(text, reader, headers)), source: `S3://${Bucket}/${Key}` };
}

function itemsIn(text: string, { ReaderConfig }: ItemReader, given: readonly string[] | undefined): readonly unknown[] {
  const { InputType, CSVDelimiter, CSVHeaderLocation } = ReaderConfig;
  switch (InputType) {
    case 'CSV':
      return csvItems(text, { delimiter: CSVDelimiter, headers: CSVHeaderLocation === 'GIVEN' ? given : undefined });
    case 'JSONL':
      return text
        .split('\n')
        .filter((line) => line.trim() !== '')
        .map(parsed);
    case 'JSON': {
      const items = parsed(text);
      if (!Array.isArray(items)) throw itemReaderFailed('Attempting to map over non-iterable node.');
      return items;
    }
    case undefined:
      throw itemReaderFailed('An ItemReader that gets an object names its InputType');
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw itemReaderFailed(error instanceof Error ? error.message : String(error));
  }
}
