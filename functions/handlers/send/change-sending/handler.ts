import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { dynamoSendingSwitch } from '#adapters/campaigns-table/dynamo-sending-switch.ts';
import { environment } from '#runtime/environment.ts';
import { withHttp } from '#runtime/http/with-http.ts';
import { changeSending } from './change-sending.ts';

export const handler = withHttp('change-sending', () => {
  const { CAMPAIGNS_TABLE } = environment('CAMPAIGNS_TABLE');
  return changeSending({ sendingSwitch: dynamoSendingSwitch(new DynamoDBClient({}), CAMPAIGNS_TABLE), now: Date.now });
});
