import { parseArgs } from 'node:util';
import * as z from 'zod';
import { synthesize } from '#scripts/run/synthesize.ts';
import { startSimulatedCloud } from '#simulate/simulated-cloud.ts';
import { attack } from './attack.ts';

const Options = z.object({
  customers: z.coerce.number().int().min(2),
  requests: z.coerce.number().int().min(1),
  seed: z.coerce.number().int().min(0),
});

/**
 * `npm run attack [-- --customers N --requests M --seed S]`: customers of a firm whose server tells of them, and M attacks with the public
 * write key of its web page, against a local cloud. Ends with status 1 and what differs when anything did that is not the attacker's to change.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      customers: { type: 'string', default: '1000' },
      requests: { type: 'string', default: '100000' },
      seed: { type: 'string', default: '1' },
      assembly: { type: 'string' },
    },
  });
  const options = Options.parse(values);
  if (values.assembly === undefined) await synthesize();
  const simulated = await startSimulatedCloud(values.assembly ?? 'cdk.out', Date.parse('2026-03-10T12:00:00Z'));
  const { answers, found } = await attack(simulated, options, (done) => {
    const { user, system } = process.cpuUsage();
    console.log(`${done}; ${Math.round((user + system) / 1e6)} s computed so far`);
  });
  await simulated.cloud.stop();
  console.table(answers);
  if (found.length === 0) {
    console.log(
      `${options.requests} attacks against ${options.customers} customers changed nothing that is not the attacker's.`,
    );
    return;
  }
  for (const difference of found.slice(0, 20)) console.error(difference);
  console.error(`${found.length} parts of customers, models, budgets and ledgers differ.`);
  process.exitCode = 1;
}

await main();
