import { createDynamoDbService } from '#local-cloud/services/dynamodb/service.ts';
import { tableProperties } from './local-dynamodb.ts';
import { resourceContext, run, serviceContext } from './local-service-context.ts';

/** A process that writes pairs of items, each pair in one transaction, without end. Argument: the state directory. */
const service = createDynamoDbService(serviceContext(process.argv[2]));
const table = await service.resources['AWS::DynamoDB::Table']?.create(tableProperties(), resourceContext('Customers'));
for (let n = 0; ; n++) {
  await run(service, 'TransactWriteItems', {
    ClientRequestToken: `token-${n}`,
    TransactItems: ['left', 'right'].map((sk) => ({
      Put: { TableName: table?.ref, Item: { pk: { S: `pair-${n}` }, sk: { S: sk }, pad: { S: 'x'.repeat(n % 5000) } } },
    })),
  });
  if (n === 200) process.stdout.write('writing\n');
}
