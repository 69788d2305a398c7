import { createHash, randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { request } from 'node:http';
import { Readable } from 'node:stream';
import {
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createS3Service, type S3Service } from '#local-cloud/services/s3/service.ts';
import { resourceContext, run, type ServiceContext, serviceContext } from '#support/local-service-context.ts';
import { type ServiceEndpoint, startServiceEndpoint } from '#support/service-endpoint.ts';

let context: ServiceContext;
let service: S3Service;
let endpoint: ServiceEndpoint;
let client: S3Client;
let Bucket: string;

beforeAll(async () => {
  // The service answers REST through the cloud's one place for calls, which here is the service itself.
  context = { ...serviceContext(), call: (_principal, _service, operation, input) => run(service, operation, input) };
  service = createS3Service(context);
  Bucket = await createBucket('Lake', {
    LifecycleConfiguration: {
      Rules: [{ Id: 'results', Status: 'Enabled', Prefix: 'athena-results/', ExpirationInDays: 7 }],
    },
  });
  endpoint = await startServiceEndpoint(context, [service]);
  client = new S3Client({ ...endpoint.client, forcePathStyle: true });
});
afterAll(async () => {
  client.destroy();
  await endpoint[Symbol.asyncDispose]();
});

async function createBucket(name: string, properties: object = {}): Promise<string> {
  const made = await service.resources['AWS::S3::Bucket']?.create({ ...properties }, resourceContext(name));
  return made?.ref ?? '';
}

const put = (Key: string, Body: Uint8Array | string = Key) => client.send(new PutObjectCommand({ Bucket, Key, Body }));
const bytesOf = async (Key: string, more: object = {}) =>
  (await client.send(new GetObjectCommand({ Bucket, Key, ...more }))).Body?.transformToByteArray();

describe('objects over the wire', () => {
  test.each([0, 1, 65_535, 65_536, 1_000_003])('gives back %d bytes exactly', async (size) => {
    const body = randomBytes(size);
    const { ETag } = await put(`bytes/${size}`, body);
    expect(Buffer.from((await bytesOf(`bytes/${size}`)) ?? []).equals(body)).toBe(true);
    expect(ETag).toBe(`"${createHash('md5').update(body).digest('hex')}"`);
  });

  test('takes a stream of unknown checksum, which the SDK sends in chunks with a trailer', async () => {
    const body = randomBytes(200_000);
    await client.send(
      new PutObjectCommand({
        Bucket,
        Key: 'stream',
        Body: Readable.from([body.subarray(0, 70_000), body.subarray(70_000)]),
        ContentLength: body.length,
      }),
    );
    expect(Buffer.from((await bytesOf('stream')) ?? []).equals(body)).toBe(true);
  });

  test('keeps the content type, the encoding and the metadata', async () => {
    const kept = { ContentType: 'text/csv', ContentEncoding: 'gzip', Metadata: { origin: 'test' } };
    await client.send(new PutObjectCommand({ Bucket, Key: 'kept', Body: 'x', ...kept }));
    expect(await client.send(new HeadObjectCommand({ Bucket, Key: 'kept' }))).toMatchObject({
      ...kept,
      ContentLength: 1,
    });
  });

  test.each([
    ['bytes=0-3', '0123'],
    ['bytes=7-', '789'],
    ['bytes=-2', '89'],
    ['bytes=0-0', '0'],
    ['bytes=8-99', '89'],
  ])('answers the range %s', async (Range, text) => {
    await put('range', '0123456789');
    expect(Buffer.from((await bytesOf('range', { Range })) ?? []).toString()).toBe(text);
  });

  test('refuses a range behind the end', async () => {
    await put('range', '0123456789');
    await expect(bytesOf('range', { Range: 'bytes=10-' })).rejects.toMatchObject({ name: 'InvalidRange' });
  });

  test('does not replace an object that must not exist', async () => {
    await put('once', 'first');
    await expect(
      client.send(new PutObjectCommand({ Bucket, Key: 'once', Body: 'second', IfNoneMatch: '*' })),
    ).rejects.toMatchObject({ name: 'PreconditionFailed' });
    expect(Buffer.from((await bytesOf('once')) ?? []).toString()).toBe('first');
  });

  test('says NoSuchKey and NoSuchBucket', async () => {
    await expect(bytesOf('missing')).rejects.toMatchObject({ name: 'NoSuchKey' });
    await expect(client.send(new PutObjectCommand({ Bucket: 'nowhere', Key: 'x', Body: 'x' }))).rejects.toMatchObject({
      name: 'NoSuchBucket',
    });
  });

  test('deletes one object, many, and one that is not there', async () => {
    await Promise.all(['del/a', 'del/b&<c>', 'del/d'].map((key) => put(key)));
    await client.send(new DeleteObjectCommand({ Bucket, Key: 'del/a' }));
    await client.send(new DeleteObjectCommand({ Bucket, Key: 'del/a' }));
    await client.send(
      new DeleteObjectsCommand({ Bucket, Delete: { Objects: [{ Key: 'del/b&<c>' }, { Key: 'del/none' }] } }),
    );
    const { Contents } = await client.send(new ListObjectsV2Command({ Bucket, Prefix: 'del/' }));
    expect(Contents?.map(({ Key }) => Key)).toEqual(['del/d']);
  });

  test('refuses by name what it does not know', async () => {
    await expect(client.send(new CreateMultipartUploadCommand({ Bucket, Key: 'big' }))).rejects.toMatchObject({
      name: 'NotImplemented',
      message: expect.stringContaining('uploads'),
    });
  });

  test.each(['../outside', 'a/../../outside', 'a//b', 'a/./b'])(
    'refuses the key %s, which no file can hold',
    async (key) => {
      await expect(run(service, 'PutObject', { Bucket, Key: key, Body: 'x' })).rejects.toMatchObject({
        code: 'InvalidArgument',
      });
    },
  );

  test('refuses a body whose checksum is another', async () => {
    const { hostname, port } = new URL(endpoint.client.endpoint);
    const status = await new Promise<number | undefined>((resolve) => {
      const sent = request(
        {
          hostname,
          port,
          method: 'PUT',
          path: `/${Bucket}/broken`,
          headers: {
            authorization: 'AWS4-HMAC-SHA256 Credential=TEST/20260101/eu-central-1/s3/aws4_request',
            'x-amz-checksum-crc32': 'AAAAAA==',
          },
        },
        (response) => resolve(response.resume().statusCode),
      );
      sent.end('broken');
    });
    expect(status).toBe(400);
  });
});

describe('virtual-host style', () => {
  test('finds the bucket in the host name', async () => {
    await put('host/object', 'by path');
    const { hostname, port } = new URL(endpoint.client.endpoint);
    const body = await new Promise<string>((resolve) => {
      request(
        {
          hostname,
          port,
          path: '/host/object',
          headers: {
            host: `${Bucket}.localhost:${port}`,
            authorization: 'AWS4-HMAC-SHA256 Credential=TEST/20260101/eu-central-1/s3/aws4_request',
          },
        },
        async (response) => resolve(Buffer.concat(await response.toArray()).toString()),
      ).end();
    });
    expect(body).toBe('by path');
  });
});

describe('lists', () => {
  test('pages keys in the order of their bytes', async () => {
    const keys = ['list/a/x', 'list/a-b', 'list/a', 'list/b/y', 'list/é', 'list/z'];
    await Promise.all(keys.map((key) => put(key)));
    const found: string[] = [];
    let token: string | undefined;
    do {
      const page = await client.send(
        new ListObjectsV2Command({ Bucket, Prefix: 'list/', MaxKeys: 2, ContinuationToken: token }),
      );
      found.push(...(page.Contents ?? []).map(({ Key }) => Key ?? ''));
      token = page.NextContinuationToken;
    } while (token !== undefined);
    expect(found).toEqual(['list/a', 'list/a-b', 'list/a/x', 'list/b/y', 'list/z', 'list/é']);
  });

  test('rolls up what lies behind the delimiter', async () => {
    await Promise.all(['roll/a/1', 'roll/a/2', 'roll/b', 'roll/c/1'].map((key) => put(key)));
    const page = await client.send(new ListObjectsV2Command({ Bucket, Prefix: 'roll/', Delimiter: '/' }));
    expect(page.CommonPrefixes?.map(({ Prefix }) => Prefix)).toEqual(['roll/a/', 'roll/c/']);
    expect(page.Contents?.map(({ Key, Size }) => [Key, Size])).toEqual([['roll/b', 6]]);
    expect(page.KeyCount).toBe(3);
  });

  test('keeps a key with characters that XML must escape', async () => {
    await put('xml/<a>&"b"\u0001');
    const page = await client.send(new ListObjectsV2Command({ Bucket, Prefix: 'xml/' }));
    expect(page.Contents?.[0]?.Key).toBe('xml/<a>&"b"\u0001');
  });

  test('knows its buckets', async () => {
    await client.send(new HeadBucketCommand({ Bucket }));
    expect((await client.send(new ListBucketsCommand({}))).Buckets?.map(({ Name }) => Name)).toContain(Bucket);
    await expect(client.send(new HeadBucketCommand({ Bucket: 'nowhere' }))).rejects.toMatchObject({ name: 'NotFound' });
  });
});

describe('beside the wire', () => {
  test('gives the files that hold the objects under a prefix', async () => {
    await Promise.all(['files/dt=2026-01-02/b', 'files/dt=2026-01-01/a', 'filesystem'].map((key) => put(key)));
    const files = await service.objectFiles(Bucket, 'files/');
    expect(await Promise.all(files.map((file) => readFile(file, 'utf8')))).toEqual([
      'files/dt=2026-01-01/a',
      'files/dt=2026-01-02/b',
    ]);
  });

  test('keeps every object when puts and deletes in one folder meet', async () => {
    const keys = Array.from({ length: 40 }, (_, n) => `meet/${n}`);
    await Promise.all(
      keys.map(async (key, n) => {
        await run(service, 'PutObject', { Bucket, Key: key, Body: key });
        if (n % 2 === 0) await run(service, 'DeleteObject', { Bucket, Key: key });
      }),
    );
    expect(await service.objectFiles(Bucket, 'meet/')).toHaveLength(20);
  });

  test('goes on after the last object of a bucket is deleted', async () => {
    const other = await createBucket('Other');
    await run(service, 'PutObject', { Bucket: other, Key: 'a', Body: 'a' });
    await run(service, 'DeleteObject', { Bucket: other, Key: 'a' });
    expect(await run(service, 'ListObjectsV2', { Bucket: other })).toMatchObject({ KeyCount: 0 });
    await run(service, 'PutObject', { Bucket: other, Key: 'b', Body: 'b' });
    expect(await service.objectFiles(other, '')).toHaveLength(1);
  });

  test('dates objects by the clock of the cloud and lets them expire by it', async () => {
    await put('athena-results/1.csv');
    await put('interactions/1.parquet');
    const { LastModified } = await client.send(new HeadObjectCommand({ Bucket, Key: 'athena-results/1.csv' }));
    expect(LastModified?.getTime()).toBe(context.clock.now());
    const day = 24 * 60 * 60 * 1000;
    await service.clockMoved?.(context.clock.now() + 7 * day - 1);
    expect(await service.objectFiles(Bucket, 'athena-results/')).toHaveLength(1);
    await service.clockMoved?.(context.clock.now() + 8 * day);
    expect(await service.objectFiles(Bucket, 'athena-results/')).toHaveLength(0);
    expect(await service.objectFiles(Bucket, 'interactions/')).toHaveLength(1);
  });

  test('asks for permission on the object, and for a list on the bucket', () => {
    const asked = (operation: string, input: object) =>
      service.operations[operation]?.permissions({ Bucket, ...input });
    expect(asked('HeadObject', { Key: 'a/b' })).toEqual([
      { action: 's3:GetObject', resources: [`arn:aws:s3:::${Bucket}/a/b`] },
    ]);
    expect(asked('ListObjectsV2', {})).toEqual([{ action: 's3:ListBucket', resources: [`arn:aws:s3:::${Bucket}`] }]);
  });
});
