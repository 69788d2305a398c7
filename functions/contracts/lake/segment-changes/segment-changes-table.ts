import * as z from 'zod';
import type { BusDetail } from '#contracts/bus/bus-event.ts';
import { flag, instant, integer, text } from '#contracts/lake/column.ts';
import { lands } from '#contracts/lake/landed-event.ts';
import type { LakeTableDefinition } from '#contracts/lake/table.ts';

/** A row of the lake's `segment_changes`: a customer entered a segment or left it. Repeats share their change_id. */
const SegmentChangeRow = z.object({
  change_id: text('The same for repeats'),
  occurred_at: instant('When it was seen, UTC'),
  customer_id: text('Customer'),
  segment_id: text('Segment'),
  is_in: flag('Whether the customer is in the segment from now on'),
  version: integer('Version of the customer’s memberships: of several changes the greatest is the latest'),
});
type SegmentChangeRow = z.infer<typeof SegmentChangeRow>;

/** Table `segment_changes`; by month and for ten years, because who entered long ago and never left is still a member. */
export const segmentChangesTable: LakeTableDefinition = {
  name: 'segment_changes',
  description: 'Who entered and left which segment. Analysts read v_segment_membership.',
  columns: SegmentChangeRow,
  partition: { by: 'month', years: 10 },
  kept: 'for good',
  events: [
    lands('SegmentEntered', ({ detail }) => [segmentChangeToRow(detail, true)]),
    lands('SegmentExited', ({ detail }) => [segmentChangeToRow(detail, false)]),
  ],
};

function segmentChangeToRow(change: BusDetail<'SegmentEntered'>, isIn: boolean): SegmentChangeRow {
  return {
    change_id: change.id,
    occurred_at: change.occurredAt,
    customer_id: change.customerId,
    segment_id: change.segmentId,
    is_in: isIn,
    version: change.version,
  };
}
