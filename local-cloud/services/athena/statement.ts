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
  | { readonly kind: 'show-databases' }
  | { readonly kind: 'show-columns' | 'describe'; readonly table: QualifiedName }
  | { readonly kind: 'explain'; readonly type: ExplainType; readonly sql: string };

/** What is asked of a query that is not to run: its plan, or whether it is one. */
export type ExplainType = 'plan' | 'validate';

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
  const shown = first === 'show' ? showing(second, tokens) : undefined;
  if (shown !== undefined) return shown;
  if (first === 'describe' || first === 'desc') return { kind: 'describe', table: qualifiedName(tokens, 1).name };
  if (first === 'explain') return explain(sql, tokens);
  throw new QueryError(
    'NOT_SUPPORTED',
    `The local Athena runs SELECT, CREATE VIEW, DROP VIEW, UNLOAD, SHOW TABLES, VIEWS, COLUMNS and DATABASES, DESCRIBE and EXPLAIN, not ${words.slice(0, 2).join(' ').toUpperCase()}`,
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

/** What follows SHOW; undefined for what the local Athena does not show. */
function showing(what: string | undefined, tokens: readonly Token[]): Statement | undefined {
  switch (what) {
    case 'tables':
    case 'views': {
      const database = isPreposition(tokens[2]) ? tokens[3] : undefined;
      return { kind: `show-${what}`, ...(database === undefined ? {} : { database: nameOf(database) }) };
    }
    case 'databases':
    case 'schemas':
      return { kind: 'show-databases' };
    case 'columns':
      return { kind: 'show-columns', table: shownTable(tokens) };
    default:
      return undefined;
  }
}

const isPreposition = (token: Token | undefined) => token?.text === 'from' || token?.text === 'in';

/** `SHOW COLUMNS FROM table`, `FROM database.table` or `FROM table FROM database`; `IN` means the same. */
function shownTable(tokens: readonly Token[]): QualifiedName {
  if (!isPreposition(tokens[2])) throw new QueryError('SYNTAX_ERROR', 'SHOW COLUMNS FROM table was expected');
  const { name, rest } = qualifiedName(tokens, 3);
  const database = isPreposition(tokens[rest]) ? tokens[rest + 1] : undefined;
  return database === undefined ? name : { ...name, database: nameOf(database).toLowerCase() };
}

/** `EXPLAIN [(TYPE …, FORMAT TEXT)] query`. */
function explain(sql: string, tokens: readonly Token[]): Statement {
  const hasOptions = tokens[1]?.text === '(' && ['type', 'format'].includes(tokens[2]?.text ?? '');
  const close = hasOptions ? tokens.findIndex(({ text }) => text === ')') : 0;
  const options = tokens
    .slice(2, close)
    .map(({ text }) => text)
    .join(' ');
  const known = /^(?:(?:type (?:logical|distributed|(validate))|format text)(?: , |$))*$/.exec(options);
  const before = tokens[close];
  if (known === null || before === undefined || tokens[close + 1]?.text === 'analyze') {
    throw new QueryError('NOT_SUPPORTED', 'The local Athena explains as text, or with (TYPE VALIDATE)');
  }
  return { kind: 'explain', type: known[1] === undefined ? 'plan' : 'validate', sql: after(sql, before) };
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
