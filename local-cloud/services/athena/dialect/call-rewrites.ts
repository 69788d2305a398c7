import { functionSites } from './function-sites.ts';
import { jsonPath } from './json-path.ts';
import type { KindRewrite, RewriteContext } from './kind-rewrite.ts';
import { macroPrefix } from './macro-prefix.ts';
import { QueryError } from './query-error.ts';
import { callOf, child, contentOf, fragment, isList, type Tree } from './sql-tree.ts';
import { timePattern } from './time-pattern.ts';
import { localTime } from './zoned-time.ts';

type CallRewrite = (args: readonly Tree[], context: RewriteContext) => KindRewrite;

/** Text of a string literal; anything else is refused, because it has to be translated before the query runs. */
function literalText(tree: Tree | undefined, what: string): string {
  const literal = contentOf(tree, 'literal');
  const value = child(literal, 'value');
  if (child(literal, 'literal_type') !== 'string' || typeof value !== 'string') {
    throw new QueryError('NOT_SUPPORTED', `${what} must be a text literal (local Athena)`);
  }
  return value;
}

const textLiteral = (value: string): Tree => ({ literal: { literal_type: 'string', value } });

/** The macro with one literal argument put in DuckDB's words. */
const withLiteral =
  (name: string, at: number, translate: (text: string) => string): CallRewrite =>
  (args) => ({
    tree: callOf(
      macroPrefix + name,
      args.map((arg, index) =>
        index === at ? textLiteral(translate(literalText(arg, `Argument ${at + 1} of ${name}`))) : arg,
      ),
    ),
  });

const matches =
  (template: string): CallRewrite =>
  (args) => ({ tree: fragment(template, ...args) });

/** A Java replacement text in RE2's words: `$1` is a group, a backslash takes the next character as it is. */
function replacement(java: string): string {
  return java.replace(/\\(.)|\$(\d)|[\\$]/gs, (piece, literal: string | undefined, group: string | undefined) => {
    if (group !== undefined) return `\\${group}`;
    if (literal !== undefined) return literal === '\\' ? '\\\\' : literal;
    throw new QueryError('INVALID_FUNCTION_ARGUMENT', `Illegal replacement sequence: ${piece} (local Athena)`);
  });
}

/** Calls whose arguments have to be read or multiplied before a macro can stand for them. */
const rewrites: Readonly<Record<string, CallRewrite>> = {
  json_extract: withLiteral('json_extract', 1, jsonPath),
  json_extract_scalar: withLiteral('json_extract_scalar', 1, jsonPath),
  json_size: withLiteral('json_size', 1, jsonPath),
  date_format(args, context) {
    const [time = null, ...more] = args;
    return withLiteral('date_format', 1, timePattern)([localTime(time) ?? time, ...more], context);
  },
  date_parse: withLiteral('date_parse', 1, timePattern),
  regexp_replace: (args, context) =>
    args.length === 3
      ? withLiteral('regexp_replace', 2, replacement)(args, context)
      : { tree: callOf('t__regexp_replace', args) },
  any_match: matches('(len(list_filter(arg0, arg1)) > 0)'),
  none_match: matches('(len(list_filter(arg0, arg1)) = 0)'),
  at_timezone: ([time = null, zone = null]) => ({ tree: callOf('t__zoned', [time, zone]) }),
  now: (_args, { now }) => ({ tree: fragment(`CAST('${now}+00' AS TIMESTAMP WITH TIME ZONE)`) }),
};

/** Names of the functions that are rewritten rather than left to a macro. */
export const rewrittenCalls: ReadonlySet<string> = new Set([...Object.keys(rewrites), ...Object.keys(functionSites)]);

/** What the call of a Trino function becomes; undefined leaves it to its macro. */
export function rewriteCall(name: string, args: Tree, context: RewriteContext): KindRewrite | undefined {
  const operands = isList(args) ? args : [];
  const rule = functionSites[name];
  if (rule !== undefined) return { rule, id: name, operands };
  return rewrites[name]?.(operands, context);
}
