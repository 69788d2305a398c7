import { runCommand } from '../run/run-command.ts';
import { athena } from './command.ts';

await runCommand(athena);
