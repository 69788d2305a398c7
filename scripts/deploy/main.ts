import { runCommand } from '../run/run-command.ts';
import { deploy } from './command.ts';

await runCommand(deploy);
