import { runCommand } from '#scripts/run/run-command.ts';
import { credentials } from './command.ts';

await runCommand(credentials);
