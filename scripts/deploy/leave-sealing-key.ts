import { ensureSealingKey } from '#adapters/parameter-store/ensure-sealing-key.ts';
import { sealingKeyPlaceOf } from '#scripts/target/sealing-key-place-of.ts';
import { targetOf } from '#scripts/target/target.ts';

/**
 * Makes the sealing key of a stage that has none. Who deploys may have no right to: then the first `npm run credentials -- make` does
 * it, without which nothing arrives.
 */
export async function leaveSealingKey(stage: string): Promise<void> {
  try {
    const found = await ensureSealingKey(sealingKeyPlaceOf(await targetOf(stage)));
    if (found === 'made')
      console.log('Sealing key made: keep a copy of it, npm run identity-key -- backup (docs/deploying.md)');
  } catch (error) {
    console.error(
      `Whether the stage has a sealing key is not known; one that has none gets it with its first credential. ${error instanceof Error ? `${error.name}: ${error.message}` : error}`,
    );
  }
}
