import { runCommand } from '#scripts/run/run-command.ts';
import { identityKey } from './command.ts';

await runCommand(identityKey);
