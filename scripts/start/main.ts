import { runCommand } from '#scripts/run/run-command.ts';
import { start } from './command.ts';

await runCommand(start);
