import * as z from 'zod';
import type { BusDetail } from '#contracts/bus/bus-event.ts';
import { flag, instant, integer, text } from '#contracts/lake/column.ts';
import { lands } from '#contracts/lake/landed-event.ts';
import type { LakeTableDefinition } from '#contracts/lake/table.ts';

/** A row of the lake's `profile_changes`: a persona's profile became another one. Repeats share persona and version. */
export const ProfileChangeRow = z.object({
  occurred_at: instant('When it was told, UTC'),
  customer_id: text('Customer'),
  persona_id: text('Persona whose profile changed'),
  is_new: flag('Whether nothing was known of the persona before'),
  version: integer('Version of the profile: of several changes the greatest is the latest'),
});
type ProfileChangeRow = z.infer<typeof ProfileChangeRow>;

/** Table `profile_changes`; a year of it, for it is asked what happened lately. */
export const profileChangesTable: LakeTableDefinition = {
  name: 'profile_changes',
  description: 'Which profiles changed, by arrival date (dt).',
  columns: ProfileChangeRow,
  kept: 366,
  events: [lands('ProfileChanged', ({ detail }) => detail.changes.map((change) => profileChangeToRow(detail, change)))],
};

function profileChangeToRow(
  { occurredAt }: BusDetail<'ProfileChanged'>,
  { customerId, personaId, isNew, version }: BusDetail<'ProfileChanged'>['changes'][number],
): ProfileChangeRow {
  return { occurred_at: occurredAt, customer_id: customerId, persona_id: personaId, is_new: isNew, version };
}
