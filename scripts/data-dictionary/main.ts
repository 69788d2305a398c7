import { runCommand } from '#scripts/run/run-command.ts';
import { docs } from './command.ts';

await runCommand(docs);
