import { runCommand } from '#scripts/run/run-command.ts';
import { redrive } from './command.ts';

await runCommand(redrive);
