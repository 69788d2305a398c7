import { nearest } from '#domain/text/nearest.ts';
import type { Command, CommandGroup } from './command.ts';
import { commandHelp, groupHelp, lineOf, usageOf } from './command-help.ts';
import { mendOptions } from './mend-options.ts';
import { readValues } from './read-values.ts';

/** What a command's line says: what to print, what to do, or why neither is possible. */
export type CommandLine =
  | { readonly kind: 'help'; readonly text: string }
  | { readonly kind: 'mistaken'; readonly text: string }
  | { readonly kind: 'run'; readonly main: () => Promise<unknown> };

/** Reads the words behind `npm run NAME --`. All mistakes are told at once, with the line to run instead. */
export function readCommandLine(script: Command | CommandGroup, args: readonly string[]): CommandLine {
  if (!('commands' in script)) return readCommand(script, args, undefined);
  const at = commandIn(script, args);
  const chosen = script.commands.find(({ name }) => name === args[at]);
  if (chosen !== undefined) return readCommand(chosen, args.toSpliced(at, 1), script);
  if (wantsHelp(args)) return { kind: 'help', text: groupHelp(script) };
  return { kind: 'mistaken', text: [unknownCommand(script, args), '', ...wayOut(script, args)].join('\n') };
}

function readCommand(command: Command, args: readonly string[], group: CommandGroup | undefined): CommandLine {
  if (wantsHelp(args)) return { kind: 'help', text: commandHelp(command, group) };
  const { mistakes, mended, isWhole } = mendOptions(command, args, group);
  const read = isWhole ? readValues(command, mended, args) : { mistakes: [] };
  const all = [...mistakes, ...('mistakes' in read ? read.mistakes : [])];
  if (all.length === 0 && 'main' in read) return { kind: 'run', main: read.main };
  const isMended = isWhole && 'main' in read;
  const words = [...(group === undefined ? [] : [command.name]), ...mended.map(quoted)];
  const line = isMended ? `Run: ${lineOf(group?.name ?? command.name, words)}` : `Usage: ${usageOf(command, group)}`;
  return { kind: 'mistaken', text: [...all, '', line, helpLine(group?.name ?? command.name)].join('\n') };
}

/** Where the line names its command: at the beginning, or behind options. */
function commandIn({ commands }: CommandGroup, args: readonly string[]): number {
  const names = commands.map(({ name }) => name);
  return args[0]?.startsWith('-') ? args.findIndex((arg) => names.includes(arg)) : 0;
}

/** Whether help is asked for among the options; behind `--` all is taken as it is. */
function wantsHelp(args: readonly string[]): boolean {
  const end = args.indexOf('--');
  return (end < 0 ? args : args.slice(0, end)).some((arg) => arg === '--help' || arg === '-h');
}

function unknownCommand({ commands }: CommandGroup, [first]: readonly string[]): string {
  const names = commands.map(({ name }) => name);
  if (first === undefined || first.startsWith('-')) return `A command is missing: expected one of ${names.join(', ')}.`;
  const meant = nearest(first, names);
  return meant === undefined
    ? `There is no command ${first}: expected one of ${names.join(', ')}.`
    : `There is no command ${first}: did you mean ${meant}? There are ${names.join(', ')}.`;
}

function wayOut(group: CommandGroup, [first = '', ...rest]: readonly string[]): string[] {
  const meant = nearest(
    first,
    group.commands.map(({ name }) => name),
  );
  const lines =
    meant === undefined || first.startsWith('-')
      ? group.commands.map((command) => `Usage: ${usageOf(command, group)}`)
      : [`Run: ${lineOf(group.name, [meant, ...rest.map(quoted)])}`];
  return [...lines, helpLine(group.name)];
}

const helpLine = (script: string) => `More: ${lineOf(script, ['--help'])}`;

/** A word as a shell takes it. */
function quoted(word: string): string {
  if (/^[\w@%+=:,./#-]+$/.test(word)) return word;
  return /["$`\\!]/.test(word) ? `'${word.replaceAll("'", `'\\''`)}'` : `"${word}"`;
}
