import { parseArgs } from 'node:util';
import { nearest } from '#domain/text/nearest.ts';
import type { Command } from './command.ts';
import { optionShown } from './command-help.ts';
import type { CommandPart } from './command-part.ts';

type Given = Record<string, string | boolean>;
type ReadValues = { readonly main: () => Promise<unknown> } | { readonly mistakes: readonly string[] };

/** Reads the values of a line whose options are all known; `args` is the line before they were mended. */
export function readValues(command: Command, words: readonly string[], args: readonly string[]): ReadValues {
  const { given, mistakes } = wordsOf(command, words);
  const prepared = command.prepare(given, args);
  if (mistakes.length === 0 && 'main' in prepared) return prepared;
  const parts = [...command.positionals, ...command.options];
  const issues = 'issues' in prepared ? prepared.issues : [];
  const told = issues.flatMap(({ path: [name], message }) => {
    const part = parts.find((each) => each.name === name);
    if (part === undefined) return [message];
    const value = given[part.name];
    // An option without its value has been told of.
    if (value === undefined) return mistakes.some(({ of }) => of === part.name) ? [] : [missing(part)];
    return [unfit(part, String(value), message)];
  });
  return { mistakes: [...new Set([...mistakes.map(({ text }) => text), ...told])] };
}

interface Mistake {
  readonly of: string;
  readonly text: string;
}

/** What stands in the line, by name, and what can't stand so. */
function wordsOf(command: Command, words: readonly string[]): { given: Given; mistakes: readonly Mistake[] } {
  const { tokens } = parseArgs({
    args: [...words],
    options: Object.fromEntries(
      command.options.map(({ name, placeholder }) => [
        name,
        { type: placeholder === undefined ? 'boolean' : 'string' },
      ]),
    ),
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const given: Given = {};
  const mistakes: Mistake[] = [];
  const byPlace = [...command.positionals];
  for (const token of tokens) {
    if (token.kind === 'option') {
      const part = command.options.find(({ name }) => name === token.name);
      if (part === undefined) continue;
      const text = mistakeOf(part, token, command.lastWins === true ? {} : given);
      if (text === undefined) given[part.name] = token.value ?? true;
      else mistakes.push({ of: part.name, text });
    } else if (token.kind === 'positional' && command.passesOnTo === undefined) {
      const part = byPlace.shift();
      if (part !== undefined) given[part.name] = token.value;
      else mistakes.push({ of: '', text: tooMany(command, token.value) });
    }
  }
  return { given, mistakes };
}

function mistakeOf(
  part: CommandPart,
  { value, inlineValue }: { readonly value: string | undefined; readonly inlineValue: boolean | undefined },
  given: Given,
): string | undefined {
  if (part.placeholder === undefined && value !== undefined) return `--${part.name} takes no value, and got ${value}.`;
  // Behind "=" a value may begin with a dash; elsewhere it is the next option, unless it is a number.
  const isNextOption = inlineValue === false && /^-(?![\d.])/.test(value ?? '');
  if (part.placeholder !== undefined && (value === undefined || value === '' || isNextOption))
    return `--${part.name} has no value: expected ${optionShown(part)}.`;
  if (part.name in given) return `--${part.name} stands twice.`;
  return undefined;
}

function tooMany({ positionals }: Command, word: string): string {
  const expected = positionals.map(({ placeholder }) => placeholder).join(' ');
  return expected === ''
    ? `"${word}" is too much: only options are expected.`
    : `"${word}" is too much: expected ${expected} alone. A text with blanks stands in quotes.`;
}

function missing(part: CommandPart): string {
  const shown = part.isPositional ? part.placeholder : optionShown(part);
  return `${shown} is missing: ${lowered(part.description)}.`;
}

function unfit(part: CommandPart, value: string, message: string): string {
  const expected = part.expected === undefined ? lowered(message) : `expected ${part.expected}`;
  const shown = part.isPositional ? `${part.placeholder} "${value}"` : `--${part.name} ${value}`;
  const wrong = value.split(',').find((each) => !part.choices.includes(each.trim())) ?? value;
  const meant = nearest(wrong.trim(), part.choices);
  return `${shown}: ${expected.replace(/\.$/, '')}.${meant === undefined ? '' : ` Did you mean ${meant}?`}`;
}

const lowered = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);
