import { runCommand } from '#scripts/run/run-command.ts';
import { bill } from './command.ts';

await runCommand(bill);
