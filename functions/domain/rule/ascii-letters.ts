import { only } from './call-arguments.ts';
import { textReader } from './evaluator.ts';
import { toText } from './expression-type.ts';
import type { RuleFunction } from './rule-function.ts';

const lower = 'abcdefghijklmnopqrstuvwxyz';
const upper = lower.toUpperCase();

export const lowerAscii = letters('lowerAscii', (text) => text.replace(/[A-Z]+/g, (found) => found.toLowerCase()), [
  upper,
  lower,
]);

export const upperAscii = letters('upperAscii', (text) => text.replace(/[a-z]+/g, (found) => found.toUpperCase()), [
  lower,
  upper,
]);

function letters(
  name: string,
  change: (text: string) => string,
  [from, to]: readonly [from: string, to: string],
): RuleFunction {
  return {
    name,
    isMethod: true,
    read(args, call, read) {
      const node = only(args, call, `profile.traits.city.${name}()`);
      const text = toText(read(node), node);
      const ask = textReader(text);
      return {
        kind: 'text-call',
        parts: [text],
        live(facts) {
          const value = ask(facts);
          return value === undefined ? undefined : change(value);
        },
        sql: (writer) => `translate(${writer.text(text)}, '${from}', '${to}')`,
      };
    },
  };
}
