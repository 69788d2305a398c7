import type { LakeViewDefinition } from '#contracts/lake/view.ts';

/** View `v_segment_membership`: a row for each time that a customer was in a segment. */
export const segmentMembershipView: LakeViewDefinition = {
  name: 'v_segment_membership',
  description: 'Who is and was in which segment, a row a stay, from entry to exit',
  columns: [
    {
      name: 'customer_id',
      glueType: 'string',
      description: 'Customer at that time; after a merge the other one enters',
    },
    { name: 'segment_id', glueType: 'string', description: 'Segment' },
    { name: 'segment_name', glueType: 'string', description: 'What people call it, or called it last' },
    { name: 'entered_at', glueType: 'timestamp', description: 'When the customer was seen to be in it, UTC' },
    {
      name: 'exited_at',
      glueType: 'timestamp',
      description: 'When the customer was seen not to be, UTC; null until then',
    },
    { name: 'is_member', glueType: 'boolean', description: 'Whether the customer is in it now' },
  ],
};
