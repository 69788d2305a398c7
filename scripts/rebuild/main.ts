import { runCommand } from '#scripts/run/run-command.ts';
import { rebuild } from './command.ts';

await runCommand(rebuild);
