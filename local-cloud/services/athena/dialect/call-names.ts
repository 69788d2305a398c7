import { rewrittenCalls } from './call-rewrites.ts';
import { type Token, tokensOf } from './lexer.ts';
import { macroPrefix } from './macro-prefix.ts';
import { QueryError } from './query-error.ts';
import { aggregateWords, expressionWords, syntaxWords } from './trino-words.ts';

/** Functions that take a lambda: DuckDB's own of equal meaning, because a macro cannot pass a lambda on. */
const lambdaFunctions: Readonly<Record<string, string>> = {
  transform: 'list_transform',
  filter: 'list_filter',
};

/**
 * Gives every function call in Trino SQL the name of the macro that has Trino's meaning, before the parser can mistake it for
 * another dialect's function of that name. A function without a macro was not checked against Trino and is refused by name.
 */
export function renameCalls(sql: string, macros: ReadonlySet<string>): string {
  const tokens = tokensOf(sql);
  let renamed = '';
  let copied = 0;
  for (const [index, token] of tokens.entries()) {
    if (!isCall(tokens, index)) continue;
    renamed += sql.slice(copied, token.start) + calledName(token.text, macros);
    copied = token.end;
  }
  return renamed + sql.slice(copied);
}

function calledName(name: string, macros: ReadonlySet<string>): string {
  if (aggregateWords.has(name)) return name;
  const native = lambdaFunctions[name];
  if (native !== undefined) return native;
  if (rewrittenCalls.has(name)) return macroPrefix + name;
  if (macros.has(macroPrefix + name)) return macroPrefix + name;
  throw new QueryError(
    'FUNCTION_NOT_FOUND',
    `Function '${name}' is not among those checked against Trino (local Athena)`,
  );
}

function isCall(tokens: readonly Token[], index: number): boolean {
  const [before, token, open, inside] = [tokens[index - 1], tokens[index], tokens[index + 1], tokens[index + 2]];
  if (token?.kind !== 'word' || open?.text !== '(') return false;
  if (token.text === 'filter') return inside?.text !== 'where';
  if (syntaxWords.has(token.text)) return false;
  if (before?.kind === 'word' && !expressionWords.has(before.text)) return false;
  if (before?.kind === 'quoted' || before?.text === ')') return false;
  return !isColumnList(tokens, index + 1);
}

/** Whether the bracket at `open` is a common table expression's column list: `name (a, b) AS (…)`. */
function isColumnList(tokens: readonly Token[], open: number): boolean {
  let depth = 0;
  for (let index = open; index < tokens.length; index += 1) {
    if (tokens[index]?.text === '(') depth += 1;
    if (tokens[index]?.text === ')') depth -= 1;
    if (depth === 0) return tokens[index + 1]?.text === 'as' && tokens[index + 2]?.text === '(';
  }
  return false;
}
