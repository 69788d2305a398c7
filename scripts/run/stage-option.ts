import * as z from 'zod';

/** `--stage` of the scripts that talk to a running Lemniscate. */
export const stageOption = z
  .string()
  .optional()
  .describe('A deployed stage; without it, the local cloud that runs in this folder');
