import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import * as z from 'zod';
import type { CloudContext, ResourceProvider, Service } from '#local-cloud/cloud/service.ts';
import type { Principal } from '#local-cloud/iam/principal.ts';
import { s3Billing } from './billing.ts';
import { expireObjects, type LifecycleRules, lifecycleConfiguration } from './lifecycle.ts';
import { openObjectStore, removeDrafts } from './object-store.ts';
import { s3Operations } from './operations.ts';
import { readRestRequest } from './rest-request.ts';
import { writeRestAnswer, writeRestError } from './rest-response.ts';

/** The local S3: objects as files, called in process or over REST. */
export interface S3Service extends Service {
  /** The files that hold the objects under a prefix, in the order of their keys, for a program that reads them in place. */
  objectFiles(bucket: string, prefix: string): Promise<readonly string[]>;
  /** The file that holds, or would hold, one object. */
  objectFile(bucket: string, key: string): string;
}

const bucketProperties = z.object({
  BucketName: z.string().optional(),
  LifecycleConfiguration: lifecycleConfiguration.optional(),
});

/** S3, file-backed in s3rver's layout under the state directory. */
export function createS3Service(context: CloudContext): S3Service {
  const root = join(context.stateDirectory, 's3');
  const store = openObjectStore(root, context.clock);
  const lifecycles = new Map<string, LifecycleRules>();

  const bucket: ResourceProvider = {
    properties: [
      'BucketName',
      'LifecycleConfiguration.Rules.ExpirationInDays',
      'LifecycleConfiguration.Rules.Id',
      'LifecycleConfiguration.Rules.Prefix',
      'LifecycleConfiguration.Rules.Status',
      // No multipart uploads here, and one storage class.
      'LifecycleConfiguration.Rules.AbortIncompleteMultipartUpload',
      'LifecycleConfiguration.Rules.Transitions',
      // One version: what is overwritten or deleted here is gone.
      'VersioningConfiguration',
      'LifecycleConfiguration.Rules.NoncurrentVersionExpiration',
      'LifecycleConfiguration.Rules.ExpiredObjectDeleteMarker',
      // The files are the developer's own, and are as safe as the machine.
      'BucketEncryption',
      'OwnershipControls',
      'PublicAccessBlockConfiguration',
    ],
    create: async (properties, resource) => {
      const parsed = bucketProperties.parse(properties);
      const name = parsed.BucketName ?? resource.physicalName(63).toLowerCase();
      await store.addBucket(name);
      lifecycles.set(name, parsed.LifecycleConfiguration?.Rules ?? []);
      return {
        ref: name,
        attributes: {
          Arn: `arn:aws:s3:::${name}`,
          DomainName: `${name}.s3.amazonaws.com`,
          RegionalDomainName: `${name}.s3.${resource.region}.amazonaws.com`,
        },
      };
    },
  };

  /** Answers an outside SDK; the call itself passes the cloud's one place for calls. */
  const answer = async (request: IncomingMessage, response: ServerResponse, principal: Principal): Promise<void> => {
    try {
      const { operation, input } = await readRestRequest(request);
      writeRestAnswer(response, operation, await context.call(principal, 's3', operation, input));
    } catch (error) {
      writeRestError(response, error);
    }
  };

  return {
    name: 's3',
    wire: { protocol: 'rest', answer, refuse: writeRestError },
    bills: s3Billing,
    operations: s3Operations(store, context.region),
    resources: { 'AWS::S3::Bucket': bucket },
    start: () => removeDrafts(root),
    clockMoved: async (nowMs) => {
      for (const [name, rules] of lifecycles) await expireObjects(store, name, rules, nowMs);
    },
    objectFiles: async (name, prefix) => (await store.keys(name, prefix)).map((key) => store.file(name, key)),
    objectFile: store.file,
  };
}
