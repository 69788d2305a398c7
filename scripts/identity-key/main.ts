import { runCommand } from '../run/run-command.ts';
import { identityKey } from './command.ts';

await runCommand(identityKey);
