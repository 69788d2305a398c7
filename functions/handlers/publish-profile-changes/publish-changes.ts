import * as z from 'zod';
import { busEntry } from '#domain/bus/bus-event.ts';
import { packDetails } from '#domain/bus/pack-details.ts';
import type { Bus } from '#ports';

const Image = z.object({
  pk: z.object({ S: z.string().startsWith('customer#') }),
  sk: z.object({ S: z.string().startsWith('persona#') }),
  version: z.object({ N: z.string() }),
});

/** A batch of the stream of customers: persona items, as the mapping filters them. */
export const StreamEvent = z.object({
  Records: z.array(
    z.object({
      eventName: z.enum(['INSERT', 'MODIFY', 'REMOVE']),
      dynamodb: z.object({ NewImage: Image.optional() }),
    }),
  ),
});

/** Tells the bus which profiles changed: all of a stream batch in as few entries as hold them. */
export function publishChanges(deps: { bus: Bus; now: () => number; newId: () => string }) {
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
