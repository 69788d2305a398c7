import * as z from 'zod';

const page = z.object({
  Contents: z
    .array(
      z.object({
        Key: z.string(),
        Size: z.number(),
        ETag: z.string(),
        LastModified: z.date(),
        StorageClass: z.string(),
      }),
    )
    .default([]),
  NextContinuationToken: z.string().optional(),
});

/** Every object of a bucket under a prefix, in the order of the keys, with the members and units that a map's items have. */
export async function listedObjects(
  s3: (operation: string, input: Readonly<Record<string, unknown>>) => Promise<unknown>,
  Bucket: string,
  Prefix: string | undefined,
): Promise<readonly unknown[]> {
  const items: unknown[] = [];
  let token: string | undefined;
  do {
    const { Contents, NextContinuationToken } = page.parse(
      await s3('ListObjectsV2', {
        Bucket,
        ...(Prefix === undefined ? {} : { Prefix }),
        ...(token === undefined ? {} : { ContinuationToken: token }),
      }),
    );
    for (const { ETag, Key, LastModified, Size, StorageClass } of Contents)
      items.push({ Etag: ETag, Key, LastModified: Math.floor(LastModified.getTime() / 1000), Size, StorageClass });
    token = NextContinuationToken;
  } while (token !== undefined);
  return items;
}
