import { runCommand } from '#scripts/run/run-command.ts';
import { deploy } from './command.ts';

await runCommand(deploy);
