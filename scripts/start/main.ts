import { runCommand } from '../run/run-command.ts';
import { start } from './command.ts';

await runCommand(start);
