import { nearest } from '#domain/text/nearest.ts';
import type { Command, CommandGroup } from './command.ts';

/** A line whose misspelt options have the names that were most likely meant. */
export interface MendedOptions {
  readonly mistakes: readonly string[];
  readonly mended: readonly string[];
  /** Whether every option is known now; if not, nobody knows which words are values of those that are not. */
  readonly isWhole: boolean;
}

/** Looks at each option of a line: is it one of the command's, nearly one, or one of another command? */
export function mendOptions(command: Command, args: readonly string[], group: CommandGroup | undefined): MendedOptions {
  const end = args.indexOf('--');
  const options = end < 0 ? args : args.slice(0, end);
  const seen = options.map((arg) => look(command, arg, group));
  return {
    mistakes: seen.flatMap(({ mistake }) => (mistake === undefined ? [] : [mistake])),
    mended: [...seen.map(({ mended }, index) => mended ?? options[index] ?? ''), ...(end < 0 ? [] : args.slice(end))],
    isWhole: seen.every(({ mistake, mended }) => mistake === undefined || mended !== undefined),
  };
}

interface Seen {
  readonly mistake?: string;
  readonly mended?: string;
}

function look(command: Command, arg: string, group: CommandGroup | undefined): Seen {
  // Word processors and web pages make one long dash of two short ones.
  const [, dashes = '', name = '', value = ''] = /^([-–—]+)([^=]*)(=.*)?$/s.exec(arg) ?? [];
  if (dashes === '' || name === '' || /^-[\d.]/.test(arg)) return {};
  const names = command.options.map((option) => option.name);
  if (dashes === '--' && names.includes(name)) return {};
  const shown = `${dashes}${name}`;
  const owner = group?.commands.find(({ options }) => options.some((option) => option.name === name));
  if (owner !== undefined && owner !== command)
    return { mistake: `${shown} is an option of ${owner.name}, not of ${command.name}.` };
  const meant = names.includes(name) ? name : nearest(name, names);
  if (meant !== undefined)
    return { mistake: `There is no option ${shown}: did you mean --${meant}?`, mended: `--${meant}${value}` };
  if (command.passesOnTo !== undefined) return {};
  const there =
    names.length === 0 ? 'there are none' : `expected one of ${names.map((each) => `--${each}`).join(', ')}`;
  return { mistake: `There is no option ${shown}: ${there}.` };
}
