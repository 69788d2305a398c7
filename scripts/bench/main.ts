import { runCommand } from '#scripts/run/run-command.ts';
import { bench } from './command.ts';

await runCommand(bench);
