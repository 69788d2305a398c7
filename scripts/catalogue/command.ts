import * as z from 'zod';
import { type CommandGroup, command } from '../run/command.ts';
import { stageOption } from '../run/stage-option.ts';
import { apiAccess } from '../target/api-access.ts';
import { readItemFiles } from './item-files.ts';
import { planPull, writeFiles } from './pull.ts';
import { carryOut, planPush } from './push.ts';
import { remoteCatalogue } from './remote-catalogue.ts';
import { showFaults } from './show-faults.ts';

const directory = z
  .string()
  .describe(
    'A folder for each kind of items and a YAML file for each item: offers/tv.yaml, placements/web/home-hero.yaml',
  )
  .meta({ value: 'DIR' });
const dryRun = z.boolean().default(false).describe('Only shows what it would do');

export const catalogue: CommandGroup = {
  name: 'catalogue',
  summary: 'Moves the catalogue between a directory, which can live in git, and a running Lemniscate',
  notes: 'With --stage the key of a credential with the scope "catalogue" is read from LEMNISCATE_KEY.',
  commands: [
    command({
      name: 'push',
      summary: 'Makes the catalogue what DIR holds',
      values: z.object({ directory, 'dry-run': dryRun, stage: stageOption }),
      positionals: ['directory'],
      main: (given) => push(given.directory, given['dry-run'], given.stage),
    }),
    command({
      name: 'pull',
      summary: 'Makes DIR what the catalogue holds',
      values: z.object({ directory, 'dry-run': dryRun, stage: stageOption }),
      positionals: ['directory'],
      main: (given) => pull(given.directory, given['dry-run'], given.stage),
    }),
  ],
};

async function push(directory: string, isDryRun: boolean, stage: string | undefined): Promise<void> {
  const { items, faults } = readItemFiles(directory);
  if (faults.length > 0)
    throw new Error(`${showFaults(faults)}\n\n${counted(faults.length, 'fault')}; nothing was changed.`);
  const remote = remoteCatalogue(await apiAccess(stage, 'catalogue'));
  const { steps, unchanged } = await planPush(items, remote);
  showPlan(steps, unchanged);
  if (isDryRun) return console.log(drily);
  await carryOut(steps, remote);
  done(steps.length, 'functions notice within half a minute');
}

async function pull(directory: string, isDryRun: boolean, stage: string | undefined): Promise<void> {
  const { steps, unchanged } = await planPull(directory, remoteCatalogue(await apiAccess(stage, 'catalogue')));
  showPlan(steps, unchanged);
  if (isDryRun) return console.log(drily);
  writeFiles(directory, steps);
  done(steps.length, `${directory} holds the catalogue now`);
}

const drily = 'A dry run: nothing was changed.';

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

function done(changes: number, where: string): void {
  if (changes > 0) console.log(`${counted(changes, 'change')} made; ${where}.`);
}

const counted = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`;
