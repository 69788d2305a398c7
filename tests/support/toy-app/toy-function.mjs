import { DynamoDBClient, PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';

const events = new EventBridgeClient({});
const dynamodb = new DynamoDBClient({});

/** Answers an authorizer's question from a header. */
export async function authorize(event) {
  return {
    isAuthorized: event.headers.authorization !== 'no',
    context: { caller: event.headers.authorization ?? 'nobody' },
  };
}

/** Publishes the request's body on the bus, or echoes the event. */
export async function receive(event) {
  if (event.rawPath === '/echo') return { event, now: new Date().toISOString(), zone: process.env.TZ };
  if (event.rawPath === '/crash') throw new TypeError('crashed on demand');
  if (event.rawPath === '/exit') process.exit(3);
  if (event.rawPath === '/sleep') await new Promise((resolve) => setTimeout(resolve, 60_000));
  if (event.rawPath === '/denied') {
    try {
      await dynamodb.send(new ScanCommand({ TableName: process.env.TABLE ?? 'any' }));
    } catch (error) {
      return { name: error.name, message: error.message };
    }
  }
  const entry = { EventBusName: process.env.BUS, Source: 'toy', DetailType: 'Received', Detail: event.body };
  const { Entries } = await events.send(new PutEventsCommand({ Entries: [entry] }));
  return { statusCode: 202, headers: { 'X-Toy': 'yes' }, body: JSON.stringify(Entries) };
}

/** Keeps each message's detail; a detail that says `fail` is reported as failed. */
export async function keep({ Records }) {
  const batchItemFailures = [];
  for (const { messageId, body } of Records) {
    const { id, detail } = JSON.parse(body);
    if (detail.fail) batchItemFailures.push({ itemIdentifier: messageId });
    else
      await dynamodb.send(
        new PutItemCommand({
          TableName: process.env.TABLE,
          Item: { pk: { S: detail.key ?? id }, kind: { S: detail.kind ?? 'plain' } },
        }),
      );
  }
  return { batchItemFailures };
}

/** Announces each new item on the bus; throws on an item of kind `poison`. */
export async function announce({ Records }) {
  for (const {
    dynamodb: { NewImage },
  } of Records) {
    if (NewImage.kind.S === 'poison') throw new Error('poisoned');
    const Detail = JSON.stringify({ key: `seen-${NewImage.pk.S}`, kind: 'echo' });
    await events.send(
      new PutEventsCommand({
        Entries: [{ EventBusName: process.env.BUS, Source: 'toy', DetailType: 'Announced', Detail }],
      }),
    );
  }
}
