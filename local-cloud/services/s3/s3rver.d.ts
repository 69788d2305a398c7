/** The file layout of s3rver 5, which the local S3 uses without its HTTP server. It carries no types of its own. */
declare module '@20minutes/s3rver/lib/stores/filesystem.js' {
  export default class FilesystemStore {
    constructor(rootDirectory: string);
    getBucketPath(bucket: string): string;
    getResourcePath(bucket: string, key: string, resource: 'object' | 'object.md5' | 'metadata.json'): string;
    putBucket(bucket: string): Promise<unknown>;
    /** Throws ENOENT when there is no such object. */
    getMetadata(bucket: string, key: string): Promise<Readonly<Record<string, unknown>>>;
    putMetadata(bucket: string, key: string, metadata: Readonly<Record<string, string>>, md5: string): Promise<void>;
    existsObject(bucket: string, key: string): Promise<boolean>;
    deleteObject(bucket: string, key: string): Promise<void>;
  }
}
