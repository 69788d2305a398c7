import * as z from 'zod';

/** What `deploy` and `diff` know of their lines; all else goes on to CDK. */
export const cdkValues = z.object({
  stage: z.string().default('dev').describe('The stage'),
  profile: z.string().optional().describe('The profile of AWS’s settings whose credentials are taken'),
});
