import { runCommand } from '../run/run-command.ts';
import { catalogue } from './command.ts';

await runCommand(catalogue);
