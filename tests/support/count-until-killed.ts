import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import * as z from 'zod';
import { createDynamoDbService } from '#local-cloud/services/dynamodb/service.ts';
import { tableProperties } from './local-dynamodb.ts';
import { resourceContext, run, serviceContext } from './local-service-context.ts';
import { seededRandom } from './seeded-random.ts';

/**
 * A process that counts writes to keys, each one up, while seven scans go over the table again and again. Arguments: the state
 * directory, the number of writes from an empty table on, and that of keys. It says "half" at half of them, to be killed there.
 * Started again it looks first whether what the table holds is what was acknowledged, then goes on; at the end it prints how many
 * writes it made, and each one that was lost.
 */
const [stateDirectory = '', total, keys] = [process.argv[2], Number(process.argv[3]), Number(process.argv[4])];
const scans = 7;
const writers = 64;
const pageItems = 1000;
const writesPerPage = 500;

const counted = z.object({ pk: z.object({ S: z.string() }), n: z.object({ N: z.coerce.number() }) });
const page = z.object({ Items: z.array(counted), LastEvaluatedKey: z.unknown().optional() });
const updated = z.object({ Attributes: z.object({ n: z.object({ N: z.coerce.number() }) }) });

const service = createDynamoDbService(serviceContext(stateDirectory));
const { StreamSpecification: _noStream, ...properties } = tableProperties();
const table = await service.resources['AWS::DynamoDB::Table']?.create(properties, resourceContext('Customers'));
const TableName = table?.ref;
const acknowledgements = join(stateDirectory, 'acknowledged');
let isOver = false;
const lost: string[] = [];
const counts = new Map<string, number>();
for (const line of readAcknowledged()) counts.set(line.slice(0, line.indexOf(' ')), Number(line.split(' ')[1]));
let writes = counts.values().reduce((sum, count) => sum + count, 0);
const acknowledged = openSync(acknowledgements, 'a');
compare(await readTable(), writers);

const scanning = Array.from({ length: scans }, async () => {
  while (!isOver) await readTable(untilWritten);
});
await Promise.all(Array.from({ length: writers }, (_, number) => countUp(number)));
isOver = true;
await Promise.all(scanning);
compare(await readTable(), 0);
closeSync(acknowledged);
await service.stop?.();
console.log(JSON.stringify({ writes, lost }));

/** One writer has keys of its own, so that it knows what each count must be. */
async function countUp(number: number): Promise<void> {
  const random = seededRandom(number);
  while (writes < total) {
    const pk = `customer-${number}-${Math.floor((random() * keys) / writers)}`;
    const expected = (counts.get(pk) ?? 0) + 1;
    const write = ++writes;
    const answer = await run(service, 'UpdateItem', {
      TableName,
      Key: { pk: { S: pk }, sk: { S: 'profile' } },
      UpdateExpression: 'ADD n :one SET filling = :filling',
      ExpressionAttributeValues: {
        ':one': { N: '1' },
        ':filling': { S: 'x'.repeat(Math.floor(random() * 2500)) },
      },
      ReturnValues: 'UPDATED_NEW',
    });
    const found = updated.parse(answer).Attributes.n.N;
    if (found !== expected) lost.push(`${pk} had ${expected - 1}, write ${write} found ${found - 1}`);
    counts.set(pk, found);
    writeSync(acknowledged, `${pk} ${found}\n`);
    if (write === total / 2) console.log('half');
  }
}

async function readTable(afterPage = async () => {}): Promise<ReadonlyMap<string, number>> {
  const found = new Map<string, number>();
  let ExclusiveStartKey: unknown;
  do {
    const answer = page.parse(
      await run(service, 'Scan', { TableName, Limit: pageItems, ...(ExclusiveStartKey ? { ExclusiveStartKey } : {}) }),
    );
    for (const { pk, n } of answer.Items) found.set(pk.S, n.N);
    ExclusiveStartKey = answer.LastEvaluatedKey;
    await afterPage();
  } while (ExclusiveStartKey !== undefined);
  return found;
}

/** Keeps a scan at the pace of the writers. */
async function untilWritten(): Promise<void> {
  const next = writes + writesPerPage;
  while (writes < next && !isOver) await setImmediate();
}

/** Whether each key has the count that was acknowledged last; a writer that was killed may have written one that was not. */
function compare(found: ReadonlyMap<string, number>, unacknowledged: number): void {
  let more = 0;
  for (const pk of new Set([...counts.keys(), ...found.keys()])) {
    const [expected, count] = [counts.get(pk) ?? 0, found.get(pk) ?? 0];
    more += Math.max(0, count - expected);
    if (count < expected || count > expected + 1) lost.push(`${pk} had ${expected}, the table holds ${count}`);
    counts.set(pk, count);
  }
  if (more > unacknowledged) lost.push(`${more} writes that nobody made`);
}

function readAcknowledged(): readonly string[] {
  try {
    return readFileSync(acknowledgements, 'utf8').split('\n').filter(Boolean);
  } catch {
    return [];
  }
}
