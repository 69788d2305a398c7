import type { LakeViewDefinition } from '#contracts/lake/view.ts';

/** View `v_consents`: what a contact by a channel for a purpose is allowed by. */
export const consentsView: LakeViewDefinition = {
  name: 'v_consents',
  description: 'What each customer says yes and no to, by purpose and channel, as the live profile holds it',
  columns: [
    { name: 'customer_id', glueType: 'string', description: 'Customer, as in v_interactions' },
    {
      name: 'purpose',
      glueType: 'string',
      description: 'Purpose, such as marketing; * for every one; address for whether what is sent there arrives',
    },
    { name: 'channel', glueType: 'string', description: 'Channel that it is about; null for all' },
    { name: 'is_granted', glueType: 'boolean', description: 'Whether it is a yes' },
    { name: 'said_at', glueType: 'timestamp', description: 'When what holds was said, UTC' },
  ],
};
