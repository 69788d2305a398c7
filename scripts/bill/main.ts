import { runCommand } from '../run/run-command.ts';
import { bill } from './command.ts';

await runCommand(bill);
