import { runCommand } from '#scripts/run/run-command.ts';
import { diff } from './command.ts';

await runCommand(diff);
