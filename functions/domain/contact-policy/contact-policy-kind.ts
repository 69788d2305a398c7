import { catalogueKind } from '#domain/vocabulary/catalogue-kind.ts';
import { type ContactCap, ContactPolicy } from './contact-policy.ts';

export const contactPolicyKind = catalogueKind({
  kind: 'contact-policies',
  noun: 'contact policy',
  idField: 'policyId',
  schema: ContactPolicy,
  references: ({ caps }) =>
    caps.flatMap(({ per, name }, index) => {
      const kind = kindOfCap[per];
      return kind === undefined || name === undefined ? [] : [{ path: ['caps', index, 'name'], kind, id: name }];
    }),
});

/** The total has no name, and channels are no items. */
const kindOfCap = {
  total: undefined,
  channel: undefined,
  group: 'offer-groups',
  offer: 'offers',
  treatment: 'treatments',
} as const satisfies Record<ContactCap['per'], string | undefined>;
