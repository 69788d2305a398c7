import { parseArgs } from 'node:util';
import { runScript } from '../run/run-script.ts';
import { targetOf } from '../target/target.ts';
import { modelLines, reliabilityLines } from './model-lines.ts';
import { storedModels } from './stored-models.ts';

/**
 * `npm run models -- [--stage STAGE] [NAME]`: every propensity model with how good its latest predictions were; of one, named as in
 * the list (`treatment#summer-sale-hero`), its reliability curve.
 */
async function main(): Promise<void> {
  const { values, positionals } = parseArgs({ options: { stage: { type: 'string' } }, allowPositionals: true });
  const [name] = positionals;
  const models = await storedModels(await targetOf(values.stage));
  const named = name === undefined ? undefined : models.get(name);
  if (name !== undefined && named === undefined)
    throw new Error(`There is no model ${name}; without a name all are listed`);
  for (const line of named === undefined ? modelLines(models) : reliabilityLines(named)) console.log(line);
}

await runScript(main);
