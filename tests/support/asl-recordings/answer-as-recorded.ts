import { ServiceError } from '#local-cloud/cloud/service.ts';
import type { AnswerCall } from '#support/state-machines.ts';
import type { Recording } from './recording.ts';

/** The functions and objects that a recording had around it. `objects` gets what is written. */
export function answerAsRecorded({ lambdas, s3Objects }: Recording, objects: Map<string, string>): AnswerCall {
  for (const { bucket, key, body } of s3Objects) objects.set(`${bucket}/${key}`, body);
  return async ({ service, operation, input }) => {
    switch (`${service}:${operation}`) {
      case 'lambda:Invoke': {
        const name = String(input.FunctionName).split(':').at(-1);
        const lambda = lambdas.find((one) => one.name.split(':').at(-1) === name);
        if (lambda === undefined)
          throw new ServiceError('ResourceNotFoundException', `Function not found: ${name}`, 404);
        if (lambda.sleepSeconds !== undefined) return await new Promise(() => undefined);
        if (lambda.error !== undefined) {
          const report = { ...lambda.error, requestId: crypto.randomUUID(), stackTrace: [] };
          return { StatusCode: 200, FunctionError: 'Unhandled', Payload: Buffer.from(JSON.stringify(report)) };
        }
        const result = 'returns' in lambda ? JSON.stringify(lambda.returns) : String(input.Payload);
        return { StatusCode: 200, Payload: Buffer.from(result) };
      }
      case 's3:GetObject': {
        const body = objects.get(`${input.Bucket}/${input.Key}`);
        if (body === undefined) throw new ServiceError('NoSuchKey', 'The specified key does not exist.', 404);
        return { Body: Buffer.from(body) };
      }
      case 's3:ListObjectsV2': {
        const prefix = `${input.Bucket}/${input.Prefix ?? ''}`;
        const keys = [...objects.keys()].filter((key) => key.startsWith(prefix)).sort();
        const Contents = keys.map((path) => ({
          Key: path.slice(String(input.Bucket).length + 1),
          Size: Buffer.byteLength(objects.get(path) ?? ''),
          ETag: '"0"',
          LastModified: new Date(0),
          StorageClass: 'STANDARD',
        }));
        return { Contents, IsTruncated: false };
      }
      case 's3:PutObject':
        objects.set(`${input.Bucket}/${input.Key}`, Buffer.from(String(input.Body)).toString());
        return { ETag: '"0"' };
      default:
        throw new Error(`no recording calls ${service}:${operation}`);
    }
  };
}
