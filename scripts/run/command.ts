import type * as z from 'zod';
import { plainWords } from '#domain/vocabulary/plain-words.ts';
import { type CommandPart, partsOf } from './command-part.ts';

/**
 * A command: what its line may say, and what it does. Its parsing, its `--help` and the words for mistakes are made from this alone.
 * `Values` describe each of its values: the type, the default, the choices, and in `.meta({ value })` what stands for it in the help.
 */
interface Definition<Values extends z.ZodObject> {
  /** What is typed after `npm run`; of a command in a group, after the group's name. */
  readonly name: string;
  readonly summary: string;
  /** What else its user has to know. */
  readonly notes?: string;
  readonly values: Values;
  /** Names of the values that are given by their place, in order; all others are options. */
  readonly positionals?: readonly (keyof z.output<Values> & string)[];
  /** The program that gets what this command does not know. */
  readonly passesOnTo?: string;
  /** Of an option that stands twice the last counts: for a command that programs start, which put theirs behind others. */
  readonly lastWins?: boolean;
  /** Does it; `args` is the line as it was. */
  main(values: z.output<Values>, args: readonly string[]): Promise<unknown>;
}

/** A command as its help and its parsing see it. */
export interface Command
  extends Pick<Definition<z.ZodObject>, 'name' | 'summary' | 'notes' | 'passesOnTo' | 'lastWins'> {
  readonly positionals: readonly CommandPart[];
  readonly options: readonly CommandPart[];
  /** Parses what a line gave: what it is to do, or what does not fit, by the name of the value. */
  prepare(
    given: Readonly<Record<string, string | boolean>>,
    args: readonly string[],
  ): { readonly main: () => Promise<unknown> } | { readonly issues: readonly z.core.$ZodIssue[] };
}

/** A script with several commands, of which the first word of the line names one. */
export interface CommandGroup extends Pick<Command, 'name' | 'summary' | 'notes'> {
  readonly commands: readonly Command[];
}

/** Makes a command of its definition. */
export function command<Values extends z.ZodObject>(definition: Definition<Values>): Command {
  const { values, positionals = [], main, ...told } = definition;
  const parts = partsOf(values, positionals);
  return {
    ...told,
    positionals: positionals.flatMap((name) => parts.filter((part) => part.name === name)),
    options: parts.filter(({ isPositional }) => !isPositional),
    prepare(given, args) {
      const { success, data, error } = values.safeParse(given, { error: plainWords });
      return success ? { main: () => main(data, args) } : { issues: error.issues };
    },
  };
}
