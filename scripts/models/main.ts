import { runCommand } from '../run/run-command.ts';
import { models } from './command.ts';

await runCommand(models);
