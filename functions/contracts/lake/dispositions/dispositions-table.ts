import * as z from 'zod';
import {
  flag,
  flagOrNull,
  instant,
  instantOrNull,
  integerOrNull,
  numberOrNull,
  text,
  textOrNull,
} from '#contracts/lake/column.ts';
import { lands } from '#contracts/lake/landed-event.ts';
import type { LakeTableDefinition } from '#contracts/lake/table.ts';
import { dispositions } from '#domain/vocabulary/disposition.ts';
import { dispositionToRow, unknownDispositionToRow } from './disposition-rows.ts';

/** A row of the lake's `dispositions`: one telling of what a customer did with a treatment. Repeats share their id. */
export const DispositionRow = z.object({
  disposition_id: text('The same for repeats: decision, treatment and disposition'),
  decision_id: text('Decision that presented the treatment'),
  treatment_id: text('The treatment'),
  offer_id: textOrNull('Its offer'),
  offer_group: textOrNull('Group of its offer'),
  placement_id: textOrNull('Where it was presented'),
  channel: textOrNull('Channel of the placement'),
  direction: textOrNull('inbound or outbound'),
  strategy_id: textOrNull('Strategy that was in charge'),
  arm: textOrNull('Arm that the customer was in'),
  variant: textOrNull('Name of the way of ranking'),
  customer_id: textOrNull('Customer at the time of the decision'),
  persona_id: textOrNull('Persona that was asked for'),
  disposition: text(`One of ${dispositions.join(', ')}`),
  response: flagOrNull(
    'Whether it is a yes or a no to what the offer is for (its goal); null when it settles nothing: models take what was only seen for a no an hour or a day later, until a yes comes',
  ),
  occurred_at: instant('When it happened, UTC'),
  received_at: instant('When it was told first, UTC'),
  decided_at: instantOrNull('When the decision was made, UTC'),
  touchpoint: text('Who told'),
  is_late: flag('Whether it came after the days in which a response to the offer counts'),
  is_unknown: flag('Whether nobody knows the decision, or it did not show the treatment'),
  propensity: numberOrNull('P of the decision'),
  probability: numberOrNull(
    'Probability with which the treatment was shown, where its record says it; v_decisions has it of every decision',
  ),
  value_minor: integerOrNull('What came of it, in minor units'),
  currency: textOrNull('ISO 4217 code of value_minor'),
  reason: textOrNull('Why, in the firm’s own words or codes; what leads to a person is [removed], here and below'),
  root_cause: textOrNull('What lies behind it'),
  agent: textOrNull('Who spoke to the customer'),
  call_back_at: instantOrNull('When the customer wants to be called, UTC'),
  note: textOrNull('What colleagues should know'),
});
export type DispositionRow = z.infer<typeof DispositionRow>;

/** Table `dispositions`. */
export const dispositionsTable: LakeTableDefinition = {
  name: 'dispositions',
  description:
    'What customers did with treatments, late and unknown ones marked, by arrival date (dt). Repeats share disposition_id.',
  columns: DispositionRow,
  kept: 'as interactions',
  events: [
    lands('DispositionCaptured', ({ detail }) => [
      ...detail.dispositions.map(dispositionToRow),
      ...detail.unknown.map(unknownDispositionToRow),
    ]),
  ],
};
