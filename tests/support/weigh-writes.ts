import { setImmediate } from 'node:timers/promises';
import { createDynamoDbService } from '#local-cloud/services/dynamodb/service.ts';
import { tableProperties } from './local-dynamodb.ts';
import { resourceContext, run, serviceContext } from './local-service-context.ts';

/**
 * A process that writes the same 500 items again and again, 50 together, scans between, and prints what it weighs after a third
 * of the writes and after all. Arguments: the state directory and the number of writes. Needs --expose-gc.
 */
const [stateDirectory = '', writes] = [process.argv[2], Number(process.argv[3])];
const together = 50;
const service = createDynamoDbService(serviceContext(stateDirectory));
const table = await service.resources['AWS::DynamoDB::Table']?.create(tableProperties(), resourceContext('Customers'));
const TableName = table?.ref;

async function write(from: number, to: number): Promise<void> {
  for (let first = from; first < to; first += together) {
    const items = Array.from({ length: together }, (_, index) => ({
      pk: { S: `customer-${(first + index) % 500}` },
      sk: { S: 'profile' },
      filling: { S: 'x'.repeat(2000) },
    }));
    await Promise.all(items.map((Item) => run(service, 'PutItem', { TableName, Item })));
    await run(service, 'Scan', { TableName, Limit: 100 });
  }
}

async function weigh(): Promise<{ heap: number; resident: number }> {
  // What waits for the end of a turn is let go of first.
  for (let turn = 0; turn < 3; turn += 1) {
    await setImmediate();
    globalThis.gc?.();
  }
  const { heapUsed, external, rss } = process.memoryUsage();
  return { heap: heapUsed + external, resident: rss };
}

await write(0, writes / 3);
const first = await weigh();
await write(writes / 3, writes);
const all = await weigh();
await service.stop?.();
console.log(JSON.stringify({ heap: all.heap / first.heap, resident: all.resident / first.resident }));
