import { runCommand } from '#scripts/run/run-command.ts';
import { recover } from './command.ts';

await runCommand(recover);
