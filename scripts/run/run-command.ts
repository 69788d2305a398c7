import type { Command, CommandGroup } from './command.ts';
import { usageOf } from './command-help.ts';
import { readCommandLine } from './read-command-line.ts';
import { runScript } from './run-script.ts';

/** Runs a script on the words of its process. A mistake in them is told in words, without a stack, and makes the exit code 1. */
export async function runCommand(script: Command | CommandGroup): Promise<void> {
  const taken = takenByNpm(script, process.env);
  if (taken !== undefined) return fail(taken);
  const line = readCommandLine(script, process.argv.slice(2));
  switch (line.kind) {
    case 'help':
      return console.log(line.text);
    case 'mistaken':
      return fail(line.text);
    case 'run':
      return runScript(line.main);
  }
}

/**
 * What to say when npm took an option for its own, as it does with those before `--`: `npm run catalogue push DIR --dry-run` would
 * push. npm leaves what it took in `npm_config_…` of the environment, and there too what its own settings say: `yes=false` is an empty text.
 */
export function takenByNpm(
  script: Command | CommandGroup,
  env: Readonly<Record<string, string | undefined>>,
): string | undefined {
  if (env.npm_lifecycle_event !== script.name) return undefined;
  const commands = 'commands' in script ? script.commands : [script];
  const names = commands.flatMap(({ options }) => options.map(({ name }) => name));
  const taken = names.find(
    (name) => !['', 'false', undefined].includes(env[`npm_config_${name.replaceAll('-', '_')}`]),
  );
  if (taken === undefined) return undefined;
  const usages = commands.map((command) => `Usage: ${usageOf(command, 'commands' in script ? script : undefined)}`);
  return [`npm took --${taken} for an option of its own: ours stand behind " -- ".`, '', ...usages].join('\n');
}

function fail(text: string): void {
  console.error(text);
  process.exitCode = 1;
}
