import * as z from 'zod';
import { type CommandGroup, command } from '#scripts/run/command.ts';
import { stageOption } from '#scripts/run/stage-option.ts';
import { apiAccess } from '#scripts/target/api-access.ts';
import { changesBetween } from './changes-between.ts';
import { confirmDeletes } from './confirm-deletes.ts';
import { draftsAmong } from './drafts-among.ts';
import { writeEditorSchemas } from './editor-schemas.ts';
import { readItemFiles } from './item-files.ts';
import { type PullStep, planPull, writeFiles } from './pull.ts';
import { carryOut, type PushStep, planPush } from './push.ts';
import { remoteCatalogue } from './remote-catalogue.ts';
import { showFaults } from './show-faults.ts';

const directory = z
  .string()
  .describe(
    'A folder for each kind of items and a YAML file for each item: offers/tv.yaml, placements/web/home-hero.yaml',
  )
  .meta({ value: 'DIR' });
const dryRun = z.boolean().default(false).describe('Only shows what it would do');
const PushValues = z.object({
  directory,
  'dry-run': dryRun,
  yes: z.boolean().default(false).describe('Deletes without asking, as pipelines must'),
  stage: stageOption,
});

export const catalogue: CommandGroup = {
  name: 'catalogue',
  summary: 'Moves the catalogue between a directory, which can live in git, and a running Lemniscate',
  notes: 'With --stage the key of a credential with the scope "catalogue" is read from LEMNISCATE_KEY.',
  commands: [
    command({
      name: 'push',
      summary: 'Makes the catalogue what DIR holds',
      notes: 'What it would change is shown field by field. Before it deletes anything it asks.',
      values: PushValues,
      positionals: ['directory'],
      main: push,
    }),
    command({
      name: 'pull',
      summary: 'Makes DIR what the catalogue holds',
      values: z.object({ directory, 'dry-run': dryRun, stage: stageOption }),
      positionals: ['directory'],
      main: (given) => pull(given.directory, given['dry-run'], given.stage),
    }),
    command({
      name: 'schema',
      summary:
        'Writes JSON Schemas into DIR and where they are into its files: editors complete fields and mark faults',
      values: z.object({ directory }),
      positionals: ['directory'],
      main: async (given) => schema(given.directory),
    }),
  ],
};

async function push({ directory, 'dry-run': isDryRun, yes, stage }: z.output<typeof PushValues>): Promise<void> {
  const { items, faults } = readItemFiles(directory);
  if (faults.length > 0)
    throw new Error(`${showFaults(faults)}\n\n${counted(faults.length, 'fault')}; nothing was changed.`);
  const remote = remoteCatalogue(await apiAccess(stage, 'catalogue'));
  const { steps, unchanged } = await planPush(items, remote);
  showPlan(steps, unchanged);
  const drafts = draftsAmong(items);
  if (drafts.length > 0) console.log(`Offered to nobody, for their state is draft: ${drafts.join(', ')}.`);
  if (isDryRun) return console.log(drily);
  const deletes = steps.filter(({ effect }) => effect === 'delete').length;
  if (deletes > 0 && !yes) await confirmDeletes(deletes, { input: process.stdin, output: process.stdout });
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

function schema(directory: string): void {
  readItemFiles(directory);
  const told = writeEditorSchemas(directory);
  console.log(`${directory}/.schemas has a JSON Schema for each kind; ${counted(told, 'file')} had to be told of it.`);
}

const drily = 'A dry run: nothing was changed.';

const marks = { create: '+', change: '~', delete: '-' } as const;

function showPlan(steps: readonly (PushStep | PullStep)[], unchanged: number): void {
  for (const step of steps) {
    console.log(`${marks[step.effect]} ${step.effect} ${step.kind}/${step.id}`);
    const changes = step.effect === 'change' && 'was' in step ? changesBetween(step.was, step.item) : [];
    for (const change of changes) console.log(`    ${change}`);
  }
  const count = (effect: keyof typeof marks) => steps.filter((step) => step.effect === effect).length;
  console.log(
    `${count('create')} to create, ${count('change')} to change, ${count('delete')} to delete, ${unchanged} unchanged.`,
  );
}

function done(changes: number, where: string): void {
  if (changes > 0) console.log(`${counted(changes, 'change')} made; ${where}.`);
}

const counted = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`;
