import { readFileSync } from 'node:fs';

/** The commands that the README says to copy, in its order: lines of its shell blocks and indented calls of the API, without their comments. */
export function readmeCommands(file = 'README.md'): string[] {
  const commands: string[] = [];
  let isShell = false;
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    if (line.startsWith('```')) isShell = line === '```sh';
    else if (isShell || line.startsWith('    curl ')) commands.push(line.replace(/\s{2,}# .*$/, '').trim());
  }
  return commands.filter((command) => command !== '');
}
