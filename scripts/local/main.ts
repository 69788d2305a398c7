import { runCommand } from '../run/run-command.ts';
import { local } from './command.ts';

await runCommand(local);
