import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type Service, ServiceError } from '#local-cloud/cloud/service.ts';
import { run } from './local-service-context.ts';

interface Request {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/**
 * The real SDK client of a service in this process: its requests and answers are bytes, but no sockets carry them and nobody
 * signs them, so that a test can make tens of thousands of calls.
 */
export function directDynamoDb(service: Service): DynamoDBClient {
  const client = new DynamoDBClient({
    region: 'eu-central-1',
    endpoint: 'http://127.0.0.1:1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
    requestHandler: {
      metadata: { handlerProtocol: 'http/1.1' },
      handle: async (request: Request) => ({ response: await answer(service, request) }),
    },
  });
  for (const name of [
    'httpSigningMiddleware',
    'loggerMiddleware',
    'getUserAgentMiddleware',
    'recursionDetectionMiddleware',
  ]) {
    client.middlewareStack.remove(name);
  }
  return client;
}

async function answer(service: Service, { headers, body }: Request) {
  const operation = String(headers['x-amz-target']).split('.')[1] ?? '';
  try {
    return response(200, (await run(service, operation, JSON.parse(new TextDecoder().decode(body)))) ?? {});
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    return response(error.status, { __type: error.code, message: error.message, ...error.details });
  }
}

function response(statusCode: number, value: object) {
  const body = Buffer.from(JSON.stringify(value));
  return { statusCode, headers: { 'content-type': 'application/x-amz-json-1.0' }, body };
}
