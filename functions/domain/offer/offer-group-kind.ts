import { catalogueKind } from '#domain/vocabulary/catalogue-kind.ts';
import { engagementRules } from '#domain/vocabulary/engagement-rules.ts';
import { OfferGroup } from './offer-group.ts';

export const offerGroupKind = catalogueKind({
  kind: 'offer-groups',
  noun: 'offer group',
  idField: 'groupId',
  schema: OfferGroup,
  rules: engagementRules,
});
