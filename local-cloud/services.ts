import type { LocalContext } from '#local-cloud/cloud/local-context.ts';
import type { Service } from '#local-cloud/cloud/service.ts';
import { createHttpApiService, type HttpApiService } from '#local-cloud/services/api-gateway/service.ts';
import { createAthenaService } from '#local-cloud/services/athena/service.ts';
import { createDynamoDbService } from '#local-cloud/services/dynamodb/service.ts';
import { createDynamoDbStreamsService } from '#local-cloud/services/dynamodb-streams/service.ts';
import { createEventBridgeService } from '#local-cloud/services/eventbridge/service.ts';
import { createFirehoseService } from '#local-cloud/services/firehose/service.ts';
import { createGlueService } from '#local-cloud/services/glue/service.ts';
import { createFunctionUrls, type FunctionUrlService } from '#local-cloud/services/lambda/function-urls.ts';
import { createLambdaService } from '#local-cloud/services/lambda/service.ts';
import { createS3Service, type S3Service } from '#local-cloud/services/s3/service.ts';
import { createSecretsManagerService } from '#local-cloud/services/secrets-manager/service.ts';
import { createSqsService, type Queues } from '#local-cloud/services/sqs/service.ts';
import { createSsmService } from '#local-cloud/services/ssm/service.ts';

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
