import { parseArgs } from 'node:util';
import { runScript } from '../run/run-script.ts';
import { apiAccess } from '../target/api-access.ts';
import { readItemFiles } from './item-files.ts';
import { planPull, writeFiles } from './pull.ts';
import { carryOut, planPush } from './push.ts';
import { remoteCatalogue } from './remote-catalogue.ts';
import { showFaults } from './show-faults.ts';

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
      const remote = remoteCatalogue(await apiAccess(values.stage, 'catalogue'));
      const { steps, unchanged } = await planPush(items, remote);
      showPlan(steps, unchanged);
      if (isDryRun) return dryRun();
      await carryOut(steps, remote);
      return done(steps.length, 'functions notice within half a minute');
    }
    case 'pull': {
      const { steps, unchanged } = await planPull(
        directory,
        remoteCatalogue(await apiAccess(values.stage, 'catalogue')),
      );
      showPlan(steps, unchanged);
      if (isDryRun) return dryRun();
      writeFiles(directory, steps);
      return done(steps.length, `${directory} holds the catalogue now`);
    }
    default:
      return fail(usage);
  }
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

function dryRun(): number {
  console.log('A dry run: nothing was changed.');
  return 0;
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

await runScript(async () => {
  process.exitCode = await main();
});
