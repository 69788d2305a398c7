import type { SQSClient } from '@aws-sdk/client-sqs';
import type { DeadLetterRoute } from '#contracts/stage/dead-letter-route.ts';
import type { Target } from '#scripts/target/target.ts';
import { backToQueue } from './back-to-queue.ts';
import { changesAgain } from './changes-again.ts';
import { contactsAgain } from './contacts-again.ts';
import { decisionsAgain } from './decisions-again.ts';
import type { SendDeadLetters } from './drain.ts';
import { intoDelivery } from './into-delivery.ts';
import { type PublishRecords, publishAgain } from './publish-again.ts';
import { tableOfEvent } from './table-of-event.ts';

/** What the functions that read a table's stream do with its records, by their names. */
const publishers: Readonly<Record<string, PublishRecords>> = {
  'publish-customer-changes': changesAgain,
  'publish-contacts': contactsAgain,
  'publish-decisions': decisionsAgain,
};

/** How dead letters of a route go where they were meant to go. Throws a TypeError when a reader of a stream is not known here. */
export function wayBack(target: Target, sqs: SQSClient, route: DeadLetterRoute): SendDeadLetters {
  switch (route.kind) {
    case 'queue':
      return backToQueue(sqs, route.queueUrl);
    case 'delivery-streams':
      return intoDelivery(target, (event) => streamOf(route, tableOfEvent(event)));
    case 'table-stream': {
      const publish = publishers[route.reader];
      if (publish === undefined) throw new TypeError(`What ${route.reader} publishes can't be published again`);
      return publishAgain(target, publish);
    }
  }
}

/** The stream of a table. Throws an Error when the stage has none: it was deployed before there was such a table. */
function streamOf(route: Extract<DeadLetterRoute, { kind: 'delivery-streams' }>, table: string): string {
  const stream = route.streamOf[table];
  if (stream === undefined) throw new Error(`The stage has no delivery stream of the lake’s table ${table}`);
  return stream;
}
