import { catalogueKind } from '#domain/vocabulary/catalogue-kind.ts';
import { engagementRules } from '#domain/vocabulary/engagement-rules.ts';
import { OfferGroup } from './offer-group.ts';

export const offerGroupKind = catalogueKind({
  kind: 'offer-groups',
  noun: 'offer group',
  idField: 'groupId',
  schema: OfferGroup.meta({
    examples: [{ groupId: 'grow', name: 'More for who is well served', suitable: '!in_segment("in-trouble")' }],
  }),
  rules: engagementRules,
});
