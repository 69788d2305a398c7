import { catalogueKind } from '#domain/vocabulary/catalogue-kind.ts';
import { type ContactCap, ContactPolicy } from './contact-policy.ts';

export const contactPolicyKind = catalogueKind({
  kind: 'contact-policies',
  noun: 'contact policy',
  idField: 'policyId',
  schema: ContactPolicy.meta({
    examples: [
      {
        policyId: 'fair-contact',
        name: 'Not too often, and not again after a no',
        caps: [{ per: 'total', most: 2, windowDays: 7, directions: ['outbound'] }],
        rests: [{ after: 'rejected', times: 1, withinDays: 30, restDays: 30, scope: 'offer' }],
      },
    ],
  }),
  touchpoints: ({ caps, quietHours }) => [
    ...caps.flatMap(({ per, name }, index) =>
      per === 'channel' && name !== undefined
        ? [{ path: ['caps', index, 'name'], name, words: 'There is no such channel' }]
        : [],
    ),
    ...quietHours.flatMap(({ channels = [] }, index) =>
      channels.map((name, place) => ({ path: ['quietHours', index, 'channels', place], name })),
    ),
  ],
  references: ({ caps }) =>
    caps.flatMap(({ per, name }, index) => {
      const kind = kindOfCap[per];
      return kind === undefined || name === undefined ? [] : [{ path: ['caps', index, 'name'], kind, id: name }];
    }),
});

/** The total and addresses have no name, and channels are no items. */
const kindOfCap = {
  total: undefined,
  channel: undefined,
  group: 'offer-groups',
  offer: 'offers',
  treatment: 'treatments',
  address: undefined,
} as const satisfies Record<ContactCap['per'], string | undefined>;
