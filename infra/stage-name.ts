import * as z from 'zod';

/**
 * A stage's name: letters, digits and dashes, as it becomes a part of the names of stacks, of Athena's workgroup and, in lower
 * case and with underscores, of the lake's database. The longest stack name that comes of it has 59 of CloudFormation's 128 signs.
 */
export const StageName = z
  .string()
  .regex(
    /^[a-z0-9](?:-?[a-z0-9]){0,31}$/i,
    'A stage has a name of 1 to 32 letters, digits and single dashes between them',
  )
  .max(32, 'A stage’s name has up to 32 signs');
export type StageName = z.infer<typeof StageName>;
