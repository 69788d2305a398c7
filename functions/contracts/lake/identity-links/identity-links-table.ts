import * as z from 'zod';
import { instant, instantOrNull, integer, text, textOrNull, texts } from '#contracts/lake/column.ts';
import { lands } from '#contracts/lake/landed-event.ts';
import type { LakeTableDefinition } from '#contracts/lake/table.ts';
import type { IdentityChange } from '#domain/identity/identity-change.ts';
import { identityChangeToRows } from './identity-row.ts';

/** A row of the lake's `identity_links`: one thing that changed about who is one customer. Repeats share their change_id. */
export const IdentityLinkRow = z.object({
  change_id: text('Cluster, epoch and number of the change; rows that share it are repeats'),
  kind: text(
    'link: two identifiers came together; customer: whose one is from now on; merge, unmerge: customers became one, several; ' +
      'refusal: a link joins nobody; share: too many people have it; unshare: no more so; cut: somebody asked for an unmerge',
  ),
  recorded_at: instant('When it was recorded, UTC'),
  occurred_at: instantOrNull('When the interaction of a link happened, UTC'),
  identifier_type: textOrNull('Type of the identifier, for example email'),
  identifier_hash: textOrNull('Keyed hash of its value'),
  persona_id: textOrNull('Persona that the identifier names; of a cut, the one to take out'),
  other_type: textOrNull('Type of the other identifier of a link or refusal'),
  other_hash: textOrNull('Keyed hash of its value'),
  other_persona_id: textOrNull('Persona that it names; of a cut, the one to separate from'),
  customer_id: textOrNull('Customer from now on; of a refusal, the first identifier’s'),
  previous_customer_id: textOrNull('Customer before; of a refusal, the other identifier’s'),
  reason: textOrNull(
    'Why a link was refused or a customer became several, for example most_of_type user_id, asked, shared',
  ),
  asked_by: textOrNull('Id of the credential that asked for a cut'),
  left_identifiers: texts('Identifiers of one side of a cut, as type:hash'),
  right_identifiers: texts('Identifiers of the other side'),
  cluster_id: text('Cluster of all identifiers that links reach from one another'),
  epoch: integer('Version of the cluster: of several changes about one identifier the greatest is the latest'),
});
export type IdentityLinkRow = z.infer<typeof IdentityLinkRow>;

const changesToRows = ({ detail }: { readonly detail: { readonly changes: readonly IdentityChange[] } }) =>
  detail.changes.flatMap(identityChangeToRows);

/** Table `identity_links`; by month and for ten years, because the oldest link still says who somebody is. */
export const identityLinksTable: LakeTableDefinition = {
  name: 'identity_links',
  description:
    'Every link between identifiers and what it means: who became, stayed or ceased to be one customer. Analysts read v_customers_identity.',
  columns: IdentityLinkRow,
  partition: { by: 'month', years: 10 },
  kept: 'for good',
  events: [
    lands('IdentityLinked', changesToRows),
    lands('IdentityMerged', changesToRows),
    lands('IdentityMergeRefused', changesToRows),
    lands('IdentityUnmerged', changesToRows),
  ],
  // A merge or an unmerge of many customers grows some thirteenfold: a row for each of their ids.
  transformMegabytes: 0.2,
};
