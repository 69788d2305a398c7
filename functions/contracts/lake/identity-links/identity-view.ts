import type { LakeViewDefinition } from '#contracts/lake/view.ts';

/** View `v_customers_identity`: what says whose an identifier is. */
export const identityView: LakeViewDefinition = {
  name: 'v_customers_identity',
  description: 'Every linked identifier with the customer that it is part of now',
  columns: [
    { name: 'identifier_type', glueType: 'string', description: 'Type of the identifier, for example email' },
    { name: 'identifier_hash', glueType: 'string', description: 'Keyed hash of its value' },
    { name: 'persona_id', glueType: 'string', description: 'Persona that the identifier names' },
    { name: 'customer_id', glueType: 'string', description: 'Customer that it is part of now, as in the live profile' },
    { name: 'recorded_at', glueType: 'timestamp', description: 'Since when it is part of it, UTC' },
  ],
};
