import { runCommand } from '#scripts/run/run-command.ts';
import { budgets } from './command.ts';

await runCommand(budgets);
