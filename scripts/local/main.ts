import { runCommand } from '#scripts/run/run-command.ts';
import { local } from './command.ts';

await runCommand(local);
