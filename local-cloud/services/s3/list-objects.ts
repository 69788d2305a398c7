import * as z from 'zod';
import { readInput } from './errors.ts';
import type { ObjectStore } from './object-store.ts';

/** Most entries of one page. */
const maximumKeys = 1000;

const listInput = z.looseObject({
  Bucket: z.string(),
  Prefix: z.string().default(''),
  Delimiter: z.string().default(''),
  MaxKeys: z.coerce.number().int().min(0).default(maximumKeys),
  StartAfter: z.string().default(''),
  ContinuationToken: z.string().optional(),
});

/** ListObjectsV2: keys in the order of their bytes, keys with the delimiter after the prefix rolled up. */
export async function listObjects(
  store: ObjectStore,
  input: Readonly<Record<string, unknown>>,
): Promise<Readonly<Record<string, unknown>>> {
  const asked = readInput(listInput, input);
  const { Bucket: bucket, Prefix: prefix, Delimiter: delimiter, StartAfter, ContinuationToken: token } = asked;
  const after = token === undefined ? StartAfter : Buffer.from(token, 'base64url').toString();
  const maxKeys = Math.min(asked.MaxKeys, maximumKeys);

  const entries = rollUp(await store.keys(bucket, prefix), prefix, delimiter).filter(
    ({ name }) => Buffer.compare(Buffer.from(name), Buffer.from(after)) > 0,
  );
  const page = entries.slice(0, maxKeys);
  const isTruncated = maxKeys > 0 && entries.length > page.length;
  const heads = await Promise.all(page.filter((entry) => !entry.isPrefix).map(({ name }) => store.head(bucket, name)));
  return {
    Name: bucket,
    Prefix: prefix,
    ...(delimiter === '' ? {} : { Delimiter: delimiter }),
    MaxKeys: maxKeys,
    KeyCount: page.length,
    IsTruncated: isTruncated,
    Contents: heads
      .filter((head) => head !== undefined)
      .map((head) => ({
        Key: head.key,
        Size: head.size,
        ETag: head.etag,
        LastModified: new Date(head.lastModifiedMs),
        StorageClass: 'STANDARD',
      })),
    CommonPrefixes: page.filter((entry) => entry.isPrefix).map(({ name }) => ({ Prefix: name })),
    ...(token === undefined ? {} : { ContinuationToken: token }),
    ...(isTruncated ? { NextContinuationToken: Buffer.from(page.at(-1)?.name ?? '').toString('base64url') } : {}),
  };
}

function rollUp(
  keys: readonly string[],
  prefix: string,
  delimiter: string,
): readonly { readonly name: string; readonly isPrefix: boolean }[] {
  const entries = new Map<string, boolean>();
  for (const key of keys) {
    const end = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
    if (end === -1) entries.set(key, false);
    else entries.set(key.slice(0, end + delimiter.length), true);
  }
  return [...entries].map(([name, isPrefix]) => ({ name, isPrefix }));
}
