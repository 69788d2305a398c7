import { runCommand } from '#scripts/run/run-command.ts';
import { catalogue } from './command.ts';

await runCommand(catalogue);
