import type { MakeService } from '#local-cloud/cloud/neighbours.ts';
import { createAthenaService } from '#local-cloud/services/athena/service.ts';
import { createDynamoDbStreamsService } from '#local-cloud/services/dynamodb-streams/service.ts';
import { createFirehoseService } from '#local-cloud/services/firehose/service.ts';
import { createGlueService } from '#local-cloud/services/glue/service.ts';
import { createLambdaService } from '#local-cloud/services/lambda/service.ts';
import { createSecretsManagerService } from '#local-cloud/services/secrets-manager/service.ts';
import { createSmsVoiceService } from '#local-cloud/services/sms-voice/service.ts';
import { createSsmService } from '#local-cloud/services/ssm/service.ts';

/**
 * Every service of the local cloud, in the order in which they start; they stop the other way round. What a service is called, how it
 * is spoken to, what IAM asks for each operation and what a call is billed by is in its `service.ts`.
 */
export const services: readonly MakeService[] = [
  ({ iam }) => iam.service,
  (_, { dynamoDb }) => dynamoDb,
  (_, { dynamoDb }) => createDynamoDbStreamsService(dynamoDb),
  (_, { s3 }) => s3,
  createSecretsManagerService,
  createSsmService,
  (_, { sqs }) => sqs,
  (_, { eventBridge }) => eventBridge,
  (context, { sqs, dynamoDb }) =>
    createLambdaService(context, { queues: sqs.queues, onStreamRecords: dynamoDb.onStreamRecords }),
  (_, { httpApi }) => httpApi,
  createGlueService,
  (context, { s3 }) => createAthenaService(context, s3.objectFile),
  createFirehoseService,
  (_, { ses }) => ses,
  (context, { outbox }) => createSmsVoiceService(context, outbox),
  // It calls all the others, and is the first to be stopped.
  (_, { stepFunctions }) => stepFunctions,
];
