import * as z from 'zod';
import { command } from '#scripts/run/command.ts';
import { stageOption } from '#scripts/run/stage-option.ts';
import { targetOf } from '#scripts/target/target.ts';
import { modelLines, reliabilityLines } from './model-lines.ts';
import { storedModels } from './stored-models.ts';

export const models = command({
  name: 'models',
  summary: 'Lists every propensity model with how good its latest predictions were',
  values: z.object({
    model: z.string().optional().describe('One model, named as in the list (treatment#tv-hero): its reliability curve'),
    stage: stageOption,
  }),
  positionals: ['model'],
  main: async ({ model, stage }) => show(model, stage),
});

async function show(name: string | undefined, stage: string | undefined): Promise<void> {
  const models = await storedModels(await targetOf(stage));
  const named = name === undefined ? undefined : models.get(name);
  if (name !== undefined && named === undefined)
    throw new Error(`There is no model ${name}; without a name all are listed`);
  for (const line of named === undefined ? modelLines(models) : reliabilityLines(named)) console.log(line);
}
