import { type Token, tokensOf } from './lexer.ts';
import { QueryError } from './query-error.ts';
import { expressionWords } from './trino-words.ts';

/** Forms that the parser takes from other dialects and Trino does not know: at each token, whether one begins there. */
const forms: readonly (readonly [what: string, begins: (tokens: readonly Token[], at: number) => boolean])[] = [
  ['::', (tokens, at) => follow(tokens, at, ':', ':')],
  ['==', (tokens, at) => follow(tokens, at, '=', '=') && tokens[at]?.end === tokens[at + 1]?.start],
  ['a name in backticks', (tokens, at) => tokens[at]?.text.startsWith('`') === true],
  ['DISTINCT ON', (tokens, at) => follow(tokens, at, 'distinct', 'on')],
  ['GROUP BY ALL', (tokens, at) => follow(tokens, at, 'group', 'by', 'all')],
  [
    'a join of another dialect',
    (tokens, at) => foreignJoins.has(tokens[at]?.text ?? '') && tokens[at + 1]?.text === 'join',
  ],
  ['LIMIT before OFFSET', (tokens, at) => tokens[at]?.text === 'limit' && tokens[at + 2]?.text === 'offset'],
  ['LIMIT of a text', (tokens, at) => tokens[at]?.text === 'limit' && tokens[at + 1]?.kind === 'string'],
  ['TOP', (tokens, at) => follow(tokens, at, 'select', 'top') && tokens[at + 2]?.kind === 'number'],
  ['a comma before FROM', (tokens, at) => follow(tokens, at, ',', 'from')],
  ['a comma before a closing bracket', (tokens, at) => follow(tokens, at, ',', ')')],
  ['INTERVAL without quotes', (tokens, at) => tokens[at]?.text === 'interval' && tokens[at + 1]?.kind === 'number'],
  ['LISTAGG without WITHIN GROUP', (tokens, at) => tokens[at]?.text === 'listagg' && !isOrdered(tokens, at + 1)],
  ['[…] without ARRAY', (tokens, at) => tokens[at]?.text === '[' && beginsExpression(tokens[at - 1])],
];

const foreignJoins: ReadonlySet<string> = new Set(['semi', 'anti', 'asof', 'positional']);

function follow(tokens: readonly Token[], at: number, ...texts: readonly string[]): boolean {
  return texts.every((text, index) => tokens[at + index]?.text === text);
}

/** Whether WITHIN stands after the bracket that closes the one at `open`; true of what is no call. */
function isOrdered(tokens: readonly Token[], open: number): boolean {
  if (tokens[open]?.text !== '(') return true;
  let depth = 0;
  for (let at = open; at < tokens.length; at += 1) {
    if (tokens[at]?.text === '(') depth += 1;
    if (tokens[at]?.text === ')') depth -= 1;
    if (depth === 0) return tokens[at + 1]?.text === 'within';
  }
  return true;
}

function beginsExpression(before: Token | undefined): boolean {
  if (before === undefined) return true;
  if (before.kind === 'sign') return before.text !== ')' && before.text !== ']';
  return before.kind === 'word' && expressionWords.has(before.text);
}

/** Refuses, by name, SQL that would run here and fail on Athena. */
export function refuseForeignSyntax(sql: string): void {
  const tokens = tokensOf(sql);
  for (const at of tokens.keys()) {
    const found = forms.find(([, begins]) => begins(tokens, at));
    if (found !== undefined) throw new QueryError('SYNTAX_ERROR', `mismatched input: Athena does not know ${found[0]}`);
  }
}
