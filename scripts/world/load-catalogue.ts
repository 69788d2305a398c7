import { readItemFiles } from '#scripts/catalogue/item-files.ts';
import { carryOut, planPush } from '#scripts/catalogue/push.ts';
import { remoteCatalogue } from '#scripts/catalogue/remote-catalogue.ts';
import { showFaults } from '#scripts/catalogue/show-faults.ts';
import type { LocalCloud } from '#scripts/target/target.ts';

/** Where the small world's offers, rules and policies are. */
export const exampleCatalogue = 'examples/catalogue';

/** Gives a local cloud the small world's catalogue, as `npm run catalogue -- push` would. Throws an Error with its faults. */
export async function loadCatalogue({ url, adminKey }: Pick<LocalCloud, 'url' | 'adminKey'>): Promise<void> {
  const { items, faults } = readItemFiles(exampleCatalogue);
  if (faults.length > 0) throw new Error(showFaults(faults));
  const remote = remoteCatalogue({ url, key: adminKey });
  const { steps } = await planPush(items, remote);
  await carryOut(steps, remote);
  const count = (kind: string) => items.filter((item) => item.kind === kind).length;
  console.log(
    `${count('offers')} offers as ${count('treatments')} treatments at ${count('placements')} placements, from ${exampleCatalogue}/.`,
  );
}
