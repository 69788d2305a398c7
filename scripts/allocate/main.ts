import { runCommand } from '#scripts/run/run-command.ts';
import { allocate } from './command.ts';

await runCommand(allocate);
