import { runCommand } from '../run/run-command.ts';
import { diff } from './command.ts';

await runCommand(diff);
