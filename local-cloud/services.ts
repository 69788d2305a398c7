import { createAthenaService } from '#local-cloud/athena/athena-service.ts';
import { createDynamoDbService } from '#local-cloud/dynamodb/dynamodb-service.ts';
import { createDynamoDbStreamsService } from '#local-cloud/dynamodb/dynamodb-streams-service.ts';
import { createEventBridgeService } from '#local-cloud/eventbridge/eventbridge.ts';
import { createFirehoseService } from '#local-cloud/firehose/firehose-service.ts';
import { createGlueService } from '#local-cloud/glue/glue-service.ts';
import { createHttpApiService, type HttpApiService } from '#local-cloud/http-api/http-api.ts';
import { createFunctionUrls, type FunctionUrlService } from '#local-cloud/lambda/function-urls.ts';
import { createLambdaService } from '#local-cloud/lambda/lambda.ts';
import { createS3Service, type S3Service } from '#local-cloud/s3/s3-service.ts';
import { createSecretsManagerService } from '#local-cloud/secrets-manager/secrets-manager-service.ts';
import { createSqsService, type Queues } from '#local-cloud/sqs/sqs.ts';
import { createSsmService } from '#local-cloud/ssm/ssm-service.ts';
import type { LocalContext } from './local-context.ts';
import type { Service } from './service.ts';

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
