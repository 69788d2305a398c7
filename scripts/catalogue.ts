import { parseArgs } from 'node:util';
import { readItemFiles } from './catalogue/item-files.ts';
import { planPull, writeFiles } from './catalogue/pull.ts';
import { carryOut, planPush } from './catalogue/push.ts';
import { type CatalogueAccess, remoteCatalogue } from './catalogue/remote-catalogue.ts';
import { showFaults } from './catalogue/show-faults.ts';
import { outputOf, readLocalCloud, targetOf } from './target.ts';

const usage = `npm run catalogue -- push DIR [--dry-run] [--stage STAGE]   makes the catalogue what DIR holds
npm run catalogue -- pull DIR [--dry-run] [--stage STAGE]   makes DIR what the catalogue holds

DIR has a folder for each kind of items and a YAML file for each item: offers/tv.yaml, placements/web/home-hero.yaml.
With --stage the key of a credential with the scope "catalogue" is read from LEMNISCATE_KEY; without, it talks to the
local cloud that runs in this folder.`;

/** Moves the catalogue between a directory, which can live in git, and a running Lemniscate. */
async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { stage: { type: 'string' }, 'dry-run': { type: 'boolean', default: false } },
  });
  const [command, directory, ...more] = positionals;
  if (directory === undefined || more.length > 0) return fail(usage);
  const isDryRun = values['dry-run'];
  switch (command) {
    case 'push': {
      const { items, faults } = readItemFiles(directory);
      if (faults.length > 0)
        return fail(`${showFaults(faults)}\n\n${counted(faults.length, 'fault')}; nothing was changed.`);
      const remote = remoteCatalogue(accessOf(values.stage));
      const { steps, unchanged } = await planPush(items, remote);
      showPlan(steps, unchanged);
      if (isDryRun) return 0;
      await carryOut(steps, remote, () => {});
      return done(steps.length, 'functions notice within half a minute');
    }
    case 'pull': {
      const { steps, unchanged } = await planPull(directory, remoteCatalogue(accessOf(values.stage)));
      showPlan(steps, unchanged);
      if (isDryRun) return 0;
      writeFiles(directory, steps);
      return done(steps.length, directory);
    }
    default:
      return fail(usage);
  }
}

function accessOf(stage: string | undefined): CatalogueAccess {
  if (stage === undefined) {
    const { url, adminKey } = readLocalCloud();
    return { url, key: adminKey };
  }
  const key = process.env.LEMNISCATE_KEY;
  if (key === undefined) {
    throw new Error(
      `Set LEMNISCATE_KEY to the key of a credential with the scope "catalogue": npm run credentials -- make --name catalogue --touchpoint web --scopes catalogue --stage ${stage}`,
    );
  }
  return { url: outputOf(targetOf(stage), 'ApiUrl'), key };
}

const marks = { create: '+', change: '~', delete: '-' } as const;

function showPlan(
  steps: readonly { readonly effect: keyof typeof marks; readonly kind: string; readonly id: string }[],
  unchanged: number,
): void {
  for (const { effect, kind, id } of steps) console.log(`${marks[effect]} ${effect} ${kind}/${id}`);
  const count = (effect: keyof typeof marks) => steps.filter((step) => step.effect === effect).length;
  console.log(
    `${count('create')} to create, ${count('change')} to change, ${count('delete')} to delete, ${unchanged} unchanged.`,
  );
}

function done(changes: number, where: string): number {
  if (changes > 0) console.log(`${counted(changes, 'change')} made; ${where}.`);
  return 0;
}

const counted = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`;

function fail(text: string): number {
  console.error(text);
  return 1;
}

try {
  process.exitCode = await main();
} catch (error) {
  process.exitCode = fail(error instanceof Error ? error.message : String(error));
}
