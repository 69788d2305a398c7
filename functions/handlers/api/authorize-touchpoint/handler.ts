import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { dynamoCredentials } from '#adapters/credentials-table/dynamo-credentials.ts';
import { environment } from '#runtime/environment.ts';
import { withRuntime } from '#runtime/lambda.ts';
import { AuthorizerRequest, authorizeTouchpoint } from './authorize-touchpoint.ts';

export const handler = withRuntime('authorize-touchpoint', AuthorizerRequest, () => {
  const { CREDENTIALS_TABLE } = environment('CREDENTIALS_TABLE');
  return authorizeTouchpoint({ credentials: dynamoCredentials(new DynamoDBClient({}), CREDENTIALS_TABLE, Date.now) });
});
