import { priceOf } from '../prices/us-east-1.ts';
import { amountOf, type Usage } from './meter-client.ts';
import { costOf } from './price-usage.ts';
import type { ReferenceLoad } from './reference-load.ts';

/** A change that would make the bill smaller, and by how much for a million events. */
export interface Lever {
  readonly change: string;
  readonly usd: number;
}

/** What could be saved, most first. Savings overlap. */
export function levers(usage: readonly Usage[], load: ReferenceLoad): readonly Lever[] {
  const aMillion = (amount: number) => (amount * 1e6) / load.events;
  const usd = (service: string, unit: Usage['unit'], amount: number) => {
    const price = priceOf(service, unit);
    return (aMillion(amount) * price.usd) / price.per;
  };
  const pick = (wanted: Partial<Usage>) =>
    usage.filter((one) =>
      Object.entries(wanted).every(([name, value]) =>
        Object.entries(one).some(([key, own]) => key === name && own === value),
      ),
    );
  const requests = amountOf(pick({ service: 'apigateway' }));

  const entries = amountOf(pick({ service: 'events', caller: 'collect-interactions', unit: 'event-chunks' }));
  const entryBytes = amountOf(pick({ service: 'events', caller: 'collect-interactions', unit: 'archived-bytes' }));
  const landed = amountOf(pick({ service: 'firehose', unit: 'ingested-bytes' }));
  // One entry for a request, cut where 64 KB are full; Firehose then rounds up once a request.
  const fewer = Math.max(0, entries - Math.max(requests, Math.ceil(entryBytes / 65_536)));
  const roundedOnce = entryBytes + requests * 2560;
  const packed =
    fewer === 0
      ? 0
      : usd('events', 'event-chunks', fewer) +
        usd('sqs', 'requests', fewer) +
        usd('firehose', 'ingested-bytes', Math.max(0, landed - roundedOnce)) +
        usd('firehose', 'converted-bytes', Math.max(0, landed - roundedOnce));

  const read = amountOf(pick({ service: 'dynamodb', operation: 'BatchGetItem' }));

  return [
    { change: 'no access log', usd: costOf(pick({ service: 'logs', operation: 'AccessLog' }), load) },
    {
      change: 'eventually consistent reads before a profile write (its condition finds what was stale)',
      usd: usd('dynamodb', 'read-request-units', read / 2),
    },
    { change: 'no archive on the bus (the lake is the record)', usd: costOf(pick({ unit: 'archived-bytes' }), load) },
    { change: 'one bus entry a request in place of one a customer', usd: packed },
  ].sort((a, b) => b.usd - a.usd);
}
