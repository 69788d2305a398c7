import * as z from 'zod';
import type { BusDetail } from '#contracts/bus/bus-event.ts';
import { instant, instantOrNull, integer, numberOrNull, text, textOrNull } from '#contracts/lake/column.ts';
import { lands } from '#contracts/lake/landed-event.ts';
import type { LakeTableDefinition } from '#contracts/lake/table.ts';

/** A row of the lake's `contacts`: what a run does about a customer, each time that it changes. */
const ContactRow = z.object({
  changed_at: instant('When it became so, UTC: of the rows of a run and customer the greatest is the latest'),
  run_id: text('Run'),
  campaign_id: text('Campaign'),
  customer_id: text('Customer, as the audience names them'),
  state: text('pending, contacted, heldOut, excluded, failed or expired'),
  reason: textOrNull('Why it is excluded or failed'),
  attempts: integer('How often a message was taken to be sent'),
  decision_id: textOrNull('Decision that the message is of; null where nothing was to be sent'),
  treatment_id: textOrNull('Treatment'),
  offer_id: textOrNull('Offer'),
  placement_id: textOrNull('Placement'),
  channel: textOrNull('Channel'),
  score: numberOrNull('What the decision expected of it, in minor units'),
  due_at: instantOrNull('When it may be sent, UTC; null once it is final'),
});
type ContactRow = z.infer<typeof ContactRow>;

/** Table `contacts`: repeats share run, customer, time and state. */
export const contactsTable: LakeTableDefinition = {
  name: 'contacts',
  description: 'What runs of campaigns do about each customer of their audience, by arrival date (dt).',
  columns: ContactRow,
  kept: 'as interactions',
  events: [lands('CampaignContactsChanged', ({ detail }) => detail.contacts.map(contactToRow))],
};

function contactToRow(contact: BusDetail<'CampaignContactsChanged'>['contacts'][number]): ContactRow {
  const { choice } = contact;
  return {
    changed_at: new Date(contact.changedAtMs).toISOString(),
    run_id: contact.runId,
    campaign_id: contact.campaignId,
    customer_id: contact.customerId,
    state: contact.state,
    reason: contact.reason ?? null,
    attempts: contact.attempts,
    decision_id: choice?.decisionId ?? null,
    treatment_id: choice?.treatmentId ?? null,
    offer_id: choice?.offerId ?? null,
    placement_id: choice?.placementId ?? null,
    channel: choice?.channel ?? null,
    score: choice?.score ?? null,
    due_at: contact.dueAtMs === undefined ? null : new Date(contact.dueAtMs).toISOString(),
  };
}
