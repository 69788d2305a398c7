import type { CloudContext, Operation } from '#local-cloud/cloud/service.ts';
import { busArn } from './bus-arn.ts';
import type { BusEvent } from './bus-event.ts';
import { readEntries, toBusEvent } from './put-events.ts';

/** Takes events in. */
export function eventOperations(
  context: CloudContext,
  publish: (busName: string, event: BusEvent) => Promise<void>,
): Readonly<Record<string, Operation>> {
  return {
    PutEvents: {
      permissions: (input) => [
        {
          action: 'events:PutEvents',
          resources: readEntries(input).map(({ EventBusName }) => busArn(context, EventBusName)),
        },
      ],
      async run(input) {
        const Entries: object[] = [];
        for (const entry of readEntries(input)) {
          const event = toBusEvent(entry, context);
          if ('id' in event) await publish(entry.EventBusName.split('/').at(-1) ?? '', event);
          Entries.push('id' in event ? { EventId: event.id } : event);
        }
        return { Entries, FailedEntryCount: Entries.filter((entry) => 'ErrorCode' in entry).length };
      },
    },
  };
}
