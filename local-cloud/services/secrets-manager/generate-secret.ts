import { randomInt } from 'node:crypto';
import * as z from 'zod';

/** How a secret is drawn, as the template has it. */
export const generation = z.object({
  PasswordLength: z.coerce.number().int().min(1).max(4096).default(32),
  ExcludeCharacters: z.string().default(''),
  ExcludeLowercase: z.boolean().default(false),
  ExcludeNumbers: z.boolean().default(false),
  ExcludePunctuation: z.boolean().default(false),
  ExcludeUppercase: z.boolean().default(false),
  IncludeSpace: z.boolean().default(false),
  RequireEachIncludedType: z.boolean().default(true),
  SecretStringTemplate: z.string().optional(),
  GenerateStringKey: z.string().optional(),
});
type Generation = z.infer<typeof generation>;

/** The characters that Secrets Manager draws from, by kind. */
function alphabets(options: Generation): readonly string[] {
  const kinds = [
    options.ExcludeLowercase ? '' : 'abcdefghijklmnopqrstuvwxyz',
    options.ExcludeUppercase ? '' : 'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
    options.ExcludeNumbers ? '' : '0123456789',
    options.ExcludePunctuation ? '' : '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~',
    options.IncludeSpace ? ' ' : '',
  ];
  return kinds
    .map((kind) => [...kind].filter((char) => !options.ExcludeCharacters.includes(char)).join(''))
    .filter((kind) => kind !== '');
}

/** A secret drawn as the template says, or as Secrets Manager does unless told. */
export function generateSecret(options: Generation = generation.parse({})): string {
  const kinds = alphabets(options);
  const draw = (from: string): string => from.charAt(randomInt(from.length));
  const isComplete = (password: string): boolean =>
    !options.RequireEachIncludedType || kinds.every((kind) => [...kind].some((char) => password.includes(char)));
  let password: string;
  do password = Array.from({ length: options.PasswordLength }, () => draw(kinds.join(''))).join('');
  while (!isComplete(password));
  if (options.GenerateStringKey === undefined) return password;
  const template = z.record(z.string(), z.unknown()).parse(JSON.parse(options.SecretStringTemplate ?? '{}'));
  return JSON.stringify({ ...template, [options.GenerateStringKey]: password });
}
