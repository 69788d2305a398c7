import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import FilesystemStore from '@20minutes/s3rver/lib/stores/filesystem.js';
import type { Clock } from '#local-cloud/cloud/service.ts';
import { s3Error } from './errors.ts';

/** How s3rver ends the name of the file that holds an object's bytes. */
const objectSuffix = '._S3rver_object';

/** What is known of an object beside its bytes. */
export interface ObjectHead {
  readonly key: string;
  readonly size: number;
  readonly etag: string;
  readonly lastModifiedMs: number;
  /** `content-type`, `content-encoding` and the like, and `x-amz-meta-…`. */
  readonly headers: Readonly<Record<string, string>>;
}

/** Objects as files in s3rver's layout, so that other programs can read them where they are. */
export interface ObjectStore {
  addBucket(bucket: string): Promise<void>;
  buckets(): readonly string[];
  put(bucket: string, key: string, body: Uint8Array, headers?: Readonly<Record<string, string>>): Promise<ObjectHead>;
  head(bucket: string, key: string): Promise<ObjectHead | undefined>;
  /** Bytes from `start` up to, not including, `end`. */
  read(bucket: string, key: string, start: number, end: number): Promise<Uint8Array>;
  delete(bucket: string, key: string): Promise<void>;
  /** Keys under a prefix in S3's order, which is that of their UTF-8 bytes. */
  keys(bucket: string, prefix: string): Promise<readonly string[]>;
  /** The file that holds an object's bytes. */
  file(bucket: string, key: string): string;
}

/** Opens the store in a folder. Writers go one at a time, because a delete removes folders that it leaves empty. */
export function openObjectStore(root: string, clock: Clock): ObjectStore {
  const files = new FilesystemStore(root);
  const known = new Set<string>();
  let last: Promise<unknown> = Promise.resolve();
  const oneAtATime = <T>(work: () => Promise<T>): Promise<T> => {
    const next = last.then(work, work);
    last = next.catch(() => undefined);
    return next;
  };
  const pathOf = (bucket: string, key: string): string => {
    if (!known.has(bucket)) throw s3Error('NoSuchBucket', `The specified bucket does not exist: ${bucket}`);
    // S3 takes any key; a file system cannot tell `a//b` and `a/./b` from `a/b`, and `..` would leave the bucket.
    const segments = key.split('/');
    if (segments.some((part, index) => part === '.' || part === '..' || (part === '' && index < segments.length - 1)))
      throw s3Error('InvalidArgument', `The local S3 cannot store a key with an empty, . or .. part: ${key}`);
    return files.getResourcePath(bucket, key, 'object');
  };
  const head: ObjectStore['head'] = async (bucket, key) => {
    const path = pathOf(bucket, key);
    try {
      const {
        etag,
        'content-length': size,
        'last-modified': _second,
        ...headers
      } = await files.getMetadata(bucket, key);
      const { mtimeMs } = await stat(path);
      return {
        key,
        size: Number(size),
        etag: String(etag),
        lastModifiedMs: Math.round(mtimeMs),
        headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])),
      };
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  };

  return {
    addBucket: async (bucket) => {
      known.add(bucket);
      await files.putBucket(bucket);
    },
    buckets: () => [...known].sort(),
    put: (bucket, key, body, headers = {}) =>
      oneAtATime(async () => {
        const path = pathOf(bucket, key);
        await mkdir(dirname(path), { recursive: true });
        // A reader sees the old object or the new one, never half of one.
        const draft = `${path}.${randomUUID()}`;
        await writeFile(draft, body);
        const seconds = clock.now() / 1000;
        await utimes(draft, seconds, seconds);
        await rename(draft, path);
        const md5 = createHash('md5').update(body).digest('hex');
        await files.putMetadata(bucket, key, headers, md5);
        return { key, size: body.byteLength, etag: `"${md5}"`, lastModifiedMs: clock.now(), headers };
      }),
    head,
    read: async (bucket, key, start, end) => {
      const file = await open(pathOf(bucket, key));
      try {
        const { buffer, bytesRead } = await file.read(Buffer.alloc(end - start), 0, end - start, start);
        return buffer.subarray(0, bytesRead);
      } finally {
        await file.close();
      }
    },
    delete: (bucket, key) =>
      oneAtATime(async () => {
        pathOf(bucket, key);
        if (await files.existsObject(bucket, key)) await files.deleteObject(bucket, key);
        // s3rver removes the folders that become empty, and with the last object the bucket's own.
        await files.putBucket(bucket);
      }),
    keys: async (bucket, prefix) => {
      pathOf(bucket, 'any');
      const folder = prefix.slice(0, prefix.lastIndexOf('/') + 1);
      if (folder.split('/').some((part) => part === '.' || part === '..')) return [];
      const names = await readdir(join(files.getBucketPath(bucket), folder), { recursive: true }).catch((error) => {
        if (isMissing(error)) return [];
        throw error;
      });
      return names
        .filter((name) => name.endsWith(objectSuffix))
        .map((name) => folder + name.slice(0, -objectSuffix.length))
        .filter((key) => key.startsWith(prefix))
        .sort((left, right) => Buffer.compare(Buffer.from(left), Buffer.from(right)));
    },
    file: pathOf,
  };
}

/** Removes drafts of puts that a crash cut short. */
export async function removeDrafts(root: string): Promise<void> {
  const names = await readdir(root, { recursive: true }).catch(() => []);
  const drafts = names.filter((name) => /\._S3rver_object\.[0-9a-f-]{36}$/.test(name));
  await Promise.all(drafts.map((name) => rm(join(root, name))));
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}
