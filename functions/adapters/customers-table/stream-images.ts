import * as z from 'zod';
import { imageBytes } from '#adapters/dynamodb/image-bytes.ts';
import type { CustomerChange } from '#ports/customer-change.ts';
import { clusterChangesIn } from './identity-items.ts';
import {
  clusterOfPartition,
  clusterPartition,
  clusterSort,
  customerOfPartition,
  customerPartition,
  personaOfSort,
  personaSort,
} from './keys.ts';
import { MembershipItem } from './membership-items.ts';

const version = z.object({ N: z.string() }).transform(({ N }) => Number(N));

const PersonaImage = z.object({
  pk: z.object({ S: z.string().startsWith(customerPartition('')) }).transform(({ S }) => customerOfPartition(S)),
  sk: z.object({ S: z.string().startsWith(personaSort('')) }).transform(({ S }) => personaOfSort(S)),
  version,
});

const ClusterImage = z.object({
  pk: z.object({ S: z.string().startsWith(clusterPartition('')) }).transform(({ S }) => clusterOfPartition(S)),
  sk: z.object({ S: z.literal(clusterSort) }),
  version,
  changes: imageBytes.optional(),
});

const Image = z.union([
  PersonaImage.transform((image) => ({ of: 'persona' as const, ...image })),
  ClusterImage.transform((image) => ({ of: 'cluster' as const, ...image })),
  MembershipItem.transform((image) => ({ of: 'segments' as const, ...image })),
]);

/** A record of the stream of customers, as the mapping filters it: an item of a persona, of a cluster or of segments, and what it tells. */
export const CustomerRecord = z
  .object({
    eventName: z.enum(['INSERT', 'MODIFY', 'REMOVE']),
    dynamodb: z.object({
      NewImage: Image.optional(),
      OldImage: z.union([MembershipItem, z.unknown().transform(() => undefined)]).optional(),
    }),
  })
  .transform(({ eventName, dynamodb: { NewImage: image, OldImage: old } }): readonly CustomerChange[] => {
    if (image === undefined) return [];
    switch (image.of) {
      case 'persona': {
        const { pk: customerId, sk: personaId, version } = image;
        return [{ kind: 'profile', change: { customerId, personaId, version, isNew: eventName === 'INSERT' } }];
      }
      case 'cluster': {
        if (image.changes === undefined) return [];
        const { pk: clusterId, version: epoch } = image;
        const { recordedAt, events } = clusterChangesIn(image.changes.B);
        return events.map((event, index) => ({
          kind: 'identity',
          change: { clusterId, epoch, index, recordedAt, ...event },
        }));
      }
      case 'segments': {
        const { pk: customerId, version, members: after, at: atMs } = image;
        const before = old?.members ?? new Set<string>();
        return [{ kind: 'segments', change: { customerId, version, before, after, atMs } }];
      }
    }
  });
