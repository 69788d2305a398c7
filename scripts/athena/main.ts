import { runCommand } from '#scripts/run/run-command.ts';
import { athena } from './command.ts';

await runCommand(athena);
