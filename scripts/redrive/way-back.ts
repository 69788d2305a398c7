import type { SQSClient } from '@aws-sdk/client-sqs';
import type { DeadLetterRoute } from '#contracts/stage/dead-letter-route.ts';
import type { Target } from '#scripts/target/target.ts';
import { backToQueue } from './back-to-queue.ts';
import { changesAgain } from './changes-again.ts';
import { decisionsAgain } from './decisions-again.ts';
import type { SendDeadLetters } from './drain.ts';
import { intoDelivery } from './into-delivery.ts';
import { type PublishRecords, publishAgain } from './publish-again.ts';

/** What the functions that read a table's stream do with its records, by their names. */
const publishers: Readonly<Record<string, PublishRecords>> = {
  'publish-customer-changes': changesAgain,
  'publish-decisions': decisionsAgain,
};

/** How dead letters of a route go where they were meant to go. Throws a TypeError when a reader of a stream is not known here. */
export function wayBack(target: Target, sqs: SQSClient, route: DeadLetterRoute): SendDeadLetters {
  switch (route.kind) {
    case 'queue':
      return backToQueue(sqs, route.queueUrl);
    case 'delivery-streams':
      return intoDelivery(target, route.streamOf);
    case 'table-stream': {
      const publish = publishers[route.reader];
      if (publish === undefined) throw new TypeError(`What ${route.reader} publishes can't be published again`);
      return publishAgain(target, publish);
    }
  }
}
