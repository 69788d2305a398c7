import type { Service } from '#local-cloud/cloud/service.ts';
import type { DynamoDbService } from '#local-cloud/services/dynamodb/service.ts';
import { streamsBilling } from './billing.ts';
import { streamOperations } from './operations.ts';

/** DynamoDB Streams, an API of its own beside the tables'. */
export function createDynamoDbStreamsService(dynamoDb: DynamoDbService): Service {
  return {
    name: 'dynamodb-streams',
    wire: { protocol: 'json', target: 'DynamoDBStreams_20120810' },
    bills: streamsBilling,
    operations: streamOperations(dynamoDb),
    resources: {},
  };
}
