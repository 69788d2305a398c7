import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { v7 as uuidv7 } from 'uuid';
import * as z from 'zod';
import { eventBridgeBus } from '#adapters/event-bridge-bus.ts';
import { busEntry } from '#domain/bus/bus-event.ts';
import { packDetails } from '#domain/bus/pack-details.ts';
import type { Bus } from '#ports';
import { environment } from '#shared/environment.ts';
import { withRuntime } from '#shared/runtime.ts';

const Image = z.object({
  pk: z.object({ S: z.string().startsWith('customer#') }),
  sk: z.object({ S: z.string().startsWith('persona#') }),
  version: z.object({ N: z.string() }),
});

export const StreamEvent = z.object({
  Records: z.array(
    z.object({
      eventName: z.enum(['INSERT', 'MODIFY', 'REMOVE']),
      dynamodb: z.object({ NewImage: Image.optional() }),
    }),
  ),
});

/** Tells the bus which profiles changed: all of a stream batch in as few entries as hold them. */
export function makeHandler(deps: { bus: Bus; now: () => number; newId: () => string }) {
  return async ({ Records }: z.output<typeof StreamEvent>): Promise<void> => {
    const changes = Records.flatMap(({ eventName, dynamodb: { NewImage } }) =>
      NewImage === undefined
        ? []
        : [
            {
              customerId: NewImage.pk.S.slice('customer#'.length),
              personaId: NewImage.sk.S.slice('persona#'.length),
              version: Number(NewImage.version.N),
              isNew: eventName === 'INSERT',
            },
          ],
    );
    const occurredAt = new Date(deps.now()).toISOString();
    const entries = packDetails(changes, 200, (change) => JSON.stringify(change).length).map((run) =>
      busEntry('ProfileChanged', { id: deps.newId(), occurredAt, schemaVersion: 1, changes: run }),
    );
    if (entries.length > 0) await deps.bus.publish(entries);
  };
}

export const handler = withRuntime('publish-profile-changes', StreamEvent, () => {
  const { BUS_NAME } = environment('BUS_NAME');
  return makeHandler({ bus: eventBridgeBus(new EventBridgeClient({}), BUS_NAME), now: Date.now, newId: uuidv7 });
});
