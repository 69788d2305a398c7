import type { Command, CommandGroup } from './command.ts';
import type { CommandPart } from './command-part.ts';

/** Most columns that a line of help has. */
const width = 110;

/** What `--help` prints of a command. */
export function commandHelp(command: Command, group?: CommandGroup): string {
  return [usageOf(command, group), sentence(command.summary), ...tableOf(command), helpRow, ...notesOf(command)].join(
    '\n\n',
  );
}

/** What `--help` prints of a script with several commands: all of each. */
export function groupHelp(group: CommandGroup): string {
  const each = group.commands.map((command) =>
    [
      usageOf(command, group),
      indented(sentence(command.summary)),
      ...[...tableOf(command), ...notesOf(command)].map(indented),
    ].join('\n'),
  );
  return [sentence(group.summary), ...each, helpRow, ...notesOf(group)].join('\n\n');
}

/** The line that runs a command, with what stands for its values. */
export function usageOf(command: Command, group?: CommandGroup): string {
  const options = command.options.map((part) => optional(optionShown(part), part.isRequired));
  const positionals = command.positionals.map((part) => optional(part.placeholder ?? '', part.isRequired));
  const passedOn = command.passesOnTo === undefined ? [] : [`[options of ${command.passesOnTo}]`];
  return lineOf(group?.name ?? command.name, [
    ...(group === undefined ? [] : [command.name]),
    ...positionals,
    ...options,
    ...passedOn,
  ]);
}

/** A line for the shell that runs a script with words. */
export function lineOf(script: string, words: readonly string[]): string {
  // npm has a word of its own for this one.
  const run = script === 'start' ? 'npm start' : `npm run ${script}`;
  return words.length === 0 ? run : `${run} -- ${words.join(' ')}`;
}

export function optionShown({ name, placeholder }: CommandPart): string {
  return placeholder === undefined ? `--${name}` : `--${name} ${placeholder}`;
}

const helpRow = '-h, --help  Says this.';

/** The values of a command, a line each, and what there is to know of them. */
function tableOf({ positionals, options, passesOnTo }: Command): string[] {
  const rows = [
    ...positionals.map((part) => ({ name: part.placeholder ?? '', text: told(part) })),
    ...options.map((part) => ({ name: optionShown(part), text: told(part) })),
    ...(passesOnTo === undefined ? [] : [{ name: 'others', text: `Go on to ${passesOnTo}.` }]),
  ];
  const left = Math.max(0, ...rows.map(({ name }) => name.length)) + 2;
  const lines = rows.map(({ name, text }) => name.padEnd(left) + wrapped(text, width - left, ' '.repeat(left)));
  return lines.length === 0 ? [] : [lines.join('\n')];
}

function told({ description, expected, default: byDefault }: CommandPart): string {
  const facts = [
    ...(expected === undefined ? [] : [expected]),
    ...(byDefault === undefined ? [] : [`${byDefault} when it is not given`]),
  ];
  return sentence(facts.length === 0 ? description : `${description} (${facts.join('; ')})`);
}

const notesOf = ({ notes }: { readonly notes?: string }) => (notes === undefined ? [] : [notes]);
const optional = (shown: string, isRequired: boolean) => (isRequired ? shown : `[${shown}]`);
const sentence = (text: string) => (/[.!?]$/.test(text) ? text : `${text}.`);
const indented = (text: string) => text.replaceAll(/^(?=.)/gm, '  ');

/** Breaks a text into lines, all but the first indented. */
function wrapped(text: string, columns: number, indent: string): string {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > columns) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines.join(`\n${indent}`);
}
