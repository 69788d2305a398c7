import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { GetObjectCommand, NoSuchKey, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import * as z from 'zod';
import { Appraisal, Assignment } from '#domain/campaign/appraisal.ts';
import type { RunFiles } from '#ports/run-files.ts';
import { UnexpectedShapeError } from '#runtime/errors.ts';
import { parseJson } from '#runtime/parse.ts';

/** Where the files of runs begin; the bucket forgets them after some weeks. */
const prefix = 'campaign-runs';

const Row = z.object({ customer_id: z.string() });

/** Files of runs in a bucket: `campaign-runs/<run>/<what>/00000.json`, lines of JSON. */
export function s3RunFiles(client: S3Client, bucket: string): RunFiles {
  const keyOf = (runId: string, what: string, chunk: number) =>
    `${prefix}/${runId}/${what}/${String(chunk).padStart(5, '0')}.json`;

  async function put(Key: string, rows: readonly unknown[]): Promise<void> {
    const Body = rows.map((row) => `${JSON.stringify(row)}\n`).join('');
    await client.send(new PutObjectCommand({ Bucket: bucket, Key, Body, ContentType: 'application/x-ndjson' }));
  }

  async function get<Row extends z.ZodType>(Key: string, row: Row): Promise<z.output<Row>[] | undefined> {
    try {
      const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key }));
      const text = (await Body?.transformToString()) ?? '';
      return text.split('\n').flatMap((line) => (line === '' ? [] : [parseJson(row, line, `A line of ${Key}`)]));
    } catch (error) {
      if (error instanceof NoSuchKey) return undefined;
      throw error;
    }
  }

  async function* lines(uri: string): AsyncGenerator<string> {
    const { Bucket, Key } = placeOf(uri);
    const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }));
    if (!(Body instanceof Readable)) throw new UnexpectedShapeError(`${uri} has no body to read`);
    const text = Key.endsWith('.gz') ? Body.pipe(createGunzip()) : Body;
    for await (const line of createInterface({ input: text, crlfDelay: Number.POSITIVE_INFINITY })) yield line;
  }

  return {
    async *audience(manifest) {
      for await (const file of lines(manifest)) {
        if (file === '') continue;
        for await (const line of lines(file))
          if (line !== '') yield parseJson(Row, line, 'A row of an audience').customer_id;
      }
    },
    putBatch: (runId, chunk, customerIds) => put(keyOf(runId, 'batches', chunk), customerIds),
    batch: async (runId, chunk) => {
      const found = await get(keyOf(runId, 'batches', chunk), z.string());
      if (found === undefined) throw new UnexpectedShapeError(`Run ${runId} has no batch ${chunk}`);
      return found;
    },
    putAppraisals: (runId, chunk, appraisals) => put(keyOf(runId, 'appraisals', chunk), appraisals),
    appraisals: (runId, chunk) => get(keyOf(runId, 'appraisals', chunk), Appraisal),
    putAssignments: (runId, chunk, assignments) => put(keyOf(runId, 'assignments', chunk), assignments),
    assignments: (runId, chunk) => get(keyOf(runId, 'assignments', chunk), Assignment),
  };
}

/** Bucket and key of `s3://bucket/key`. Throws {@link UnexpectedShapeError}. */
function placeOf(uri: string): { readonly Bucket: string; readonly Key: string } {
  const [, Bucket, Key] = /^s3:\/\/([^/]+)\/(.+)$/.exec(uri) ?? [];
  if (Bucket === undefined || Key === undefined)
    throw new UnexpectedShapeError('Expected a place such as s3://bucket/key');
  return { Bucket, Key };
}
