import { runCommand } from '#scripts/run/run-command.ts';
import { models } from './command.ts';

await runCommand(models);
