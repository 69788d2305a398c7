import { type Outbox, openOutbox } from '#local-cloud/outbox/outbox.ts';
import { createHttpApiService, type HttpApiService } from '#local-cloud/services/api-gateway/service.ts';
import { createDynamoDbService, type DynamoDbService } from '#local-cloud/services/dynamodb/service.ts';
import { createEventBridgeService, type EventBridgeService } from '#local-cloud/services/eventbridge/service.ts';
import { createS3Service, type S3Service } from '#local-cloud/services/s3/service.ts';
import { createSesService, type SesService } from '#local-cloud/services/ses/service.ts';
import { createSqsService, type SqsService } from '#local-cloud/services/sqs/service.ts';
import { createStepFunctionsService, type StepFunctionsService } from '#local-cloud/services/step-functions/service.ts';
import type { LocalContext } from './local-context.ts';
import type { Service } from './service.ts';

/** The services that are asked for more than their API, by others here and by the cloud itself. */
export interface Neighbours {
  readonly dynamoDb: DynamoDbService;
  readonly eventBridge: EventBridgeService;
  readonly httpApi: HttpApiService;
  readonly outbox: Outbox;
  readonly s3: S3Service;
  readonly ses: SesService;
  readonly sqs: SqsService;
  readonly stepFunctions: StepFunctionsService;
}

/** How a service of the list is made. */
export type MakeService = (context: LocalContext, neighbours: Neighbours) => Service;

export function createNeighbours(context: LocalContext): Neighbours {
  const outbox = openOutbox(context);
  const eventBridge = createEventBridgeService(context);
  return {
    dynamoDb: createDynamoDbService(context),
    eventBridge,
    httpApi: createHttpApiService(context),
    outbox,
    s3: createS3Service(context),
    ses: createSesService(context, outbox, eventBridge),
    sqs: createSqsService(context),
    stepFunctions: createStepFunctionsService(context),
  };
}
