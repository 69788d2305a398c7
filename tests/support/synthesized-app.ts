import { synthesize } from '#scripts/synthesize.ts';

/** Synthesizes the app once for all loop tests of a run: they start clouds from the same templates. */
export async function setup(): Promise<void> {
  await synthesize();
}
