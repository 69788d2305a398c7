import { nameOf, type Token, textOf, tokensOf } from './dialect/lexer.ts';
import { QueryError } from './dialect/query-error.ts';

export interface QualifiedName {
  readonly database?: string;
  readonly name: string;
}

/** What a query string asks Athena for. */
export type Statement =
  | { readonly kind: 'query'; readonly sql: string }
  | { readonly kind: 'create-view'; readonly view: QualifiedName; readonly orReplace: boolean; readonly sql: string }
  | { readonly kind: 'drop-view'; readonly view: QualifiedName; readonly ifExists: boolean }
  | { readonly kind: 'unload'; readonly sql: string; readonly location: string; readonly options: UnloadOptions }
  | { readonly kind: 'show-tables' | 'show-views'; readonly database?: string }
  | { readonly kind: 'describe'; readonly table: QualifiedName };

export type UnloadOptions = Readonly<Record<string, string>>;

const after = (sql: string, token: Token) => sql.slice(token.end).trim();

/** Tells what kind of statement a query string is; one that the local Athena does not run is refused by its first words. */
export function statementOf(queryString: string): Statement {
  const sql = queryString.replace(/;\s*$/, '');
  const tokens = tokensOf(sql);
  const words = tokens.slice(0, 6).map(({ text }) => text);
  if (tokens.some(({ text }) => text === ';'))
    throw new QueryError('SYNTAX_ERROR', 'Only one sql statement is allowed.');
  const [first, second] = words;
  if (first === 'select' || first === 'with' || first === 'values' || first === '(') return { kind: 'query', sql };
  if (first === 'create' && (second === 'view' || words.slice(1, 4).join(' ') === 'or replace view')) {
    const { name, rest } = qualifiedName(tokens, second === 'view' ? 2 : 4);
    const as = tokens[rest];
    if (as?.text !== 'as') throw new QueryError('SYNTAX_ERROR', `CREATE VIEW ${name.name}: AS was expected`);
    return { kind: 'create-view', view: name, orReplace: second === 'or', sql: after(sql, as) };
  }
  if (first === 'drop' && second === 'view') {
    const ifExists = words[2] === 'if' && words[3] === 'exists';
    return { kind: 'drop-view', view: qualifiedName(tokens, ifExists ? 4 : 2).name, ifExists };
  }
  if (first === 'unload') return unload(sql, tokens);
  if (first === 'show' && (second === 'tables' || second === 'views')) {
    const database = words[2] === 'in' || words[2] === 'from' ? tokens[3] : undefined;
    return { kind: `show-${second}`, ...(database === undefined ? {} : { database: nameOf(database) }) };
  }
  if (first === 'describe' || first === 'desc') return { kind: 'describe', table: qualifiedName(tokens, 1).name };
  throw new QueryError(
    'NOT_SUPPORTED',
    `The local Athena runs SELECT, CREATE VIEW, DROP VIEW, UNLOAD, SHOW TABLES, SHOW VIEWS and DESCRIBE, not ${words.slice(0, 2).join(' ').toUpperCase()}`,
  );
}

function qualifiedName(tokens: readonly Token[], at: number): { name: QualifiedName; rest: number } {
  const parts: string[] = [];
  let index = at;
  for (;;) {
    const token = tokens[index];
    if (token === undefined || (token.kind !== 'word' && token.kind !== 'quoted')) {
      throw new QueryError('SYNTAX_ERROR', `A name was expected, not ${token?.text ?? 'the end'}`);
    }
    parts.push(nameOf(token).toLowerCase());
    index += 1;
    if (tokens[index]?.text !== '.') break;
    index += 1;
  }
  const [name = '', database] = parts.toReversed();
  return { name: { name, ...(database === undefined ? {} : { database }) }, rest: index };
}

/** `UNLOAD (query) TO 's3://…' WITH (option = value, …)`. */
function unload(sql: string, tokens: readonly Token[]): Statement {
  let depth = 0;
  const close = tokens.findIndex(({ text }, index) => {
    if (index === 0) return false;
    if (text === '(') depth += 1;
    if (text === ')') depth -= 1;
    return depth === 0;
  });
  const [open, end] = [tokens[1], tokens[close]];
  const [to, location] = [tokens[close + 1], tokens[close + 2]];
  if (open?.text !== '(' || end === undefined || to?.text !== 'to' || location?.kind !== 'string') {
    throw new QueryError('SYNTAX_ERROR', "UNLOAD (SELECT …) TO 's3://…' WITH (format = '…') was expected");
  }
  const options: Record<string, string> = {};
  for (let index = close + 5; index < tokens.length - 1; index += 4) {
    const [name, equals, value] = [tokens[index], tokens[index + 1], tokens[index + 2]];
    if (name === undefined || equals?.text !== '=' || value === undefined) {
      throw new QueryError('SYNTAX_ERROR', 'UNLOAD: WITH (name = value, …) was expected');
    }
    options[name.text] = value.kind === 'string' ? textOf(value) : value.text;
  }
  return { kind: 'unload', sql: sql.slice(open.end, end.start), location: textOf(location), options };
}
