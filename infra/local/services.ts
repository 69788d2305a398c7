import { createAthenaService } from '#infra/local/athena/athena-service.ts';
import { createDynamoDbService } from '#infra/local/dynamodb/dynamodb-service.ts';
import { createDynamoDbStreamsService } from '#infra/local/dynamodb/dynamodb-streams-service.ts';
import { createEventBridgeService } from '#infra/local/eventbridge/eventbridge.ts';
import { createFirehoseService } from '#infra/local/firehose/firehose-service.ts';
import { createGlueService } from '#infra/local/glue/glue-service.ts';
import { createHttpApiService, type HttpApiService } from '#infra/local/http-api/http-api.ts';
import { createFunctionUrls, type FunctionUrlService } from '#infra/local/lambda/function-urls.ts';
import { createLambdaService } from '#infra/local/lambda/lambda.ts';
import type { LocalContext } from '#infra/local/local-context.ts';
import { createS3Service, type S3Service } from '#infra/local/s3/s3-service.ts';
import { createSecretsManagerService } from '#infra/local/secrets-manager/secrets-manager-service.ts';
import type { Service } from '#infra/local/service.ts';
import { createSqsService, type Queues } from '#infra/local/sqs/sqs.ts';
import { createSsmService } from '#infra/local/ssm/ssm-service.ts';

/** All services of the local cloud, and those that the core talks to directly. */
export interface Services {
  readonly all: readonly Service[];
  readonly httpApi: HttpApiService;
  readonly functionUrls: FunctionUrlService;
  readonly s3: S3Service;
  readonly queues: Queues;
}

/** Makes every service, each with what it needs of the others. */
export function createServices(context: LocalContext): Services {
  const dynamodb = createDynamoDbService(context);
  const s3 = createS3Service(context);
  const sqs = createSqsService(context);
  const httpApi = createHttpApiService(context);
  const lambda = createLambdaService(context, { queues: sqs.queues, onStreamRecords: dynamodb.onStreamRecords });
  const functionUrls = createFunctionUrls(context);
  const all = [
    context.iam.service,
    dynamodb,
    createDynamoDbStreamsService(dynamodb),
    s3,
    createSecretsManagerService(context),
    createSsmService(context),
    sqs,
    createEventBridgeService(context),
    lambda,
    functionUrls,
    httpApi,
    createGlueService(context),
    createAthenaService(context, s3.objectFile),
    createFirehoseService(context),
  ];
  return { all, httpApi, functionUrls, s3, queues: sqs.queues };
}
