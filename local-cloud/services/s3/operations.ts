import * as z from 'zod';
import type { Operation, Permission } from '#local-cloud/cloud/service.ts';
import { readInput, s3Error } from './errors.ts';
import { listObjects } from './list-objects.ts';
import type { ObjectHead, ObjectStore } from './object-store.ts';

const onBucket = z.looseObject({ Bucket: z.string() });
const onObject = z.looseObject({ Bucket: z.string(), Key: z.string().min(1) });
const getObject = onObject.extend({ Range: z.string().optional() });
const deleteObjects = onBucket.extend({
  Delete: z.object({ Objects: z.array(z.object({ Key: z.string().min(1) })).max(1000) }),
});
const putObject = onObject.extend({
  Body: z.union([z.instanceof(Uint8Array), z.string()]).default(''),
  IfNoneMatch: z.literal('*').optional(),
  Metadata: z.record(z.string(), z.string()).default({}),
});

/** Members of PutObject and GetObject that are kept as headers beside the object. */
const headersOfMembers = {
  CacheControl: 'cache-control',
  ContentDisposition: 'content-disposition',
  ContentEncoding: 'content-encoding',
  ContentLanguage: 'content-language',
  ContentType: 'content-type',
} as const;

/** S3's operations in process: what the app and its neighbours in this cloud use, no more. */
export function s3Operations(store: ObjectStore, region: string): Readonly<Record<string, Operation>> {
  const existing = async (bucket: string, key: string): Promise<ObjectHead> => {
    const head = await store.head(bucket, key);
    if (head === undefined) throw s3Error('NoSuchKey', 'The specified key does not exist.', { Key: key });
    return head;
  };
  return {
    DeleteObject: {
      permissions: (input) => [onKey('DeleteObject', readInput(onObject, input))],
      run: async (input) => {
        const { Bucket: bucket, Key: key } = readInput(onObject, input);
        await store.delete(bucket, key);
        return {};
      },
    },
    DeleteObjects: {
      permissions: (input) => {
        const { Bucket, Delete } = readInput(deleteObjects, input);
        return Delete.Objects.map(({ Key }) => onKey('DeleteObject', { Bucket, Key }));
      },
      run: async (input) => {
        const { Bucket: bucket, Delete: asked } = readInput(deleteObjects, input);
        for (const { Key: key } of asked.Objects) await store.delete(bucket, key);
        return { Deleted: asked.Objects };
      },
    },
    GetBucketLocation: {
      permissions: (input) => [on('GetBucketLocation', readInput(onBucket, input))],
      run: async (input) => {
        checkBucket(store, readInput(onBucket, input).Bucket);
        return { LocationConstraint: region };
      },
    },
    GetObject: {
      permissions: (input) => [onKey('GetObject', readInput(onObject, input))],
      run: async (input) => {
        const { Bucket: bucket, Key: key, Range: range } = readInput(getObject, input);
        const head = await existing(bucket, key);
        const part = range === undefined ? undefined : parseRange(range, head.size);
        const { start, end } = part ?? { start: 0, end: head.size };
        return {
          ...describeObject(head),
          Body: await store.read(bucket, key, start, end),
          ContentLength: end - start,
          ...(part === undefined ? {} : { ContentRange: `bytes ${start}-${end - 1}/${head.size}` }),
        };
      },
    },
    HeadBucket: {
      permissions: (input) => [on('ListBucket', readInput(onBucket, input))],
      run: async (input) => {
        checkBucket(store, readInput(onBucket, input).Bucket);
        return { BucketRegion: region };
      },
    },
    HeadObject: {
      permissions: (input) => [onKey('GetObject', readInput(onObject, input))],
      run: async (input) => {
        const { Bucket: bucket, Key: key } = readInput(onObject, input);
        return describeObject(await existing(bucket, key));
      },
    },
    ListBuckets: {
      permissions: () => [{ action: 's3:ListAllMyBuckets', resources: ['*'] }],
      run: async () => ({ Buckets: store.buckets().map((name) => ({ Name: name })) }),
    },
    ListObjectsV2: {
      permissions: (input) => [on('ListBucket', readInput(onBucket, input))],
      run: (input) => listObjects(store, input),
    },
    PutObject: {
      permissions: (input) => [onKey('PutObject', readInput(onObject, input))],
      run: async (input) => {
        const { Bucket: bucket, Key: key, Body: body, ...asked } = readInput(putObject, input);
        if (asked.IfNoneMatch === '*' && (await store.head(bucket, key)) !== undefined)
          throw s3Error('PreconditionFailed', 'At least one of the pre-conditions did not hold');
        const { etag } = await store.put(bucket, key, typeof body === 'string' ? Buffer.from(body) : body, {
          'content-type': 'application/octet-stream',
          ...keptHeaders(input),
          ...Object.fromEntries(Object.entries(asked.Metadata).map(([name, value]) => [`x-amz-meta-${name}`, value])),
        });
        return { ETag: etag };
      },
    },
  };
}

function on(action: string, { Bucket }: { Bucket: string }): Permission {
  return { action: `s3:${action}`, resources: [`arn:aws:s3:::${Bucket}`] };
}

function onKey(action: string, { Bucket, Key }: { Bucket: string; Key: string }): Permission {
  return { action: `s3:${action}`, resources: [`arn:aws:s3:::${Bucket}/${Key}`] };
}

function checkBucket(store: ObjectStore, bucket: string): void {
  if (!store.buckets().includes(bucket))
    throw s3Error('NoSuchBucket', `The specified bucket does not exist: ${bucket}`);
}

function describeObject(head: ObjectHead): Readonly<Record<string, unknown>> {
  const kept = Object.entries(headersOfMembers).flatMap(([member, header]) => {
    const value = head.headers[header];
    return value === undefined ? [] : [[member, value] as const];
  });
  const metadata = Object.entries(head.headers)
    .filter(([name]) => name.startsWith('x-amz-meta-'))
    .map(([name, value]) => [name.slice('x-amz-meta-'.length), value] as const);
  return {
    ...Object.fromEntries(kept),
    ContentLength: head.size,
    ETag: head.etag,
    LastModified: new Date(head.lastModifiedMs),
    Metadata: Object.fromEntries(metadata),
  };
}

function keptHeaders(input: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  const kept = Object.entries(headersOfMembers).flatMap(([member, header]) => {
    const value = input[member];
    return typeof value === 'string' ? [[header, value] as const] : [];
  });
  return Object.fromEntries(kept);
}

/** One range of bytes (`bytes=0-99`, `bytes=100-`, `bytes=-50`), cut to the object; undefined when it is no range. */
function parseRange(range: string, size: number): { start: number; end: number } | undefined {
  const match = /^bytes=(\d*)-(\d*)$/.exec(range);
  if (match === null || (match[1] === '' && match[2] === '')) return undefined;
  const [, first = '', final = ''] = match;
  const start = first === '' ? Math.max(0, size - Number(final)) : Number(first);
  const end = first === '' || final === '' ? size : Math.min(size, Number(final) + 1);
  if (start >= end) throw s3Error('InvalidRange', 'The requested range is not satisfiable');
  return { start, end };
}
