import { both } from './call-arguments.ts';
import { textReader } from './evaluator.ts';
import { toText } from './expression-type.ts';
import type { RuleFunction } from './rule-function.ts';
import { textLiteral } from './sql-literal.ts';

export const contains = textTest('contains', {
  live: (text, part) => text.includes(part),
  pattern: (part) => `%${part}%`,
  sql: (whole, piece) => `(strpos(${whole}, ${piece}) > 0)`,
});

export const startsWith = textTest('startsWith', {
  live: (text, part) => text.startsWith(part),
  pattern: (part) => `${part}%`,
  sql: (whole, piece) => `starts_with(${whole}, ${piece})`,
});

export const endsWith = textTest('endsWith', {
  live: (text, part) => text.endsWith(part),
  pattern: (part) => `%${part}`,
  sql(whole, piece) {
    const end = `substr(${whole}, length(${whole}) - length(${piece}) + 1)`;
    return `(length(${whole}) >= length(${piece}) AND ${end} = ${piece})`;
  },
});

interface TextTest {
  readonly live: (text: string, part: string) => boolean;
  /** What LIKE looks for when the part is known. */
  readonly pattern: (part: string) => string;
  readonly sql: (whole: string, piece: string) => string;
}

function textTest(name: string, test: TextTest): RuleFunction {
  return {
    name,
    isMethod: true,
    read(args, call, read) {
      const [first, second] = both(args, call, `profile.traits.city.${name}("New")`);
      const [text, part] = [toText(read(first), first), toText(read(second), second)];
      const [askText, askPart] = [textReader(text), textReader(part)];
      return {
        kind: 'truth-call',
        parts: [text, part],
        live(facts) {
          const [whole, piece] = [askText(facts), askPart(facts)];
          return whole === undefined || piece === undefined ? undefined : test.live(whole, piece);
        },
        sql(writer) {
          const whole = writer.text(text);
          if (part.kind !== 'text') return test.sql(whole, writer.text(part));
          return `(${whole} LIKE ${textLiteral(test.pattern(likeText(part.value)))} ESCAPE '!')`;
        },
      };
    },
  };
}

const likeText = (text: string) => text.replace(/[!%_]/g, '!$&');
