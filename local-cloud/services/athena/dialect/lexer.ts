/** A piece of SQL text as far as statements need to be taken apart: words, quoted text, punctuation. */
export interface Token {
  readonly kind: 'word' | 'quoted' | 'string' | 'number' | 'sign';
  /** As written; a word in lower case. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const pattern =
  /(?<space>\s+|--[^\n]*|\/\*[\s\S]*?\*\/)|(?<word>[A-Za-z_][A-Za-z0-9_]*)|(?<quoted>"(?:[^"]|"")*"|`(?:[^`]|``)*`)|(?<string>'(?:[^']|'')*')|(?<number>\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+)|(?<sign>->|=>|<>|!=|<=|>=|\|\||[^\s])/gy;

/** Cuts SQL into tokens, without spaces and comments. An open quote is left as a sign: the parser names the fault. */
export function tokensOf(sql: string): readonly Token[] {
  const tokens: Token[] = [];
  for (const match of sql.matchAll(pattern)) {
    const { word, quoted, string, number, sign } = match.groups ?? {};
    const at = { start: match.index, end: match.index + match[0].length };
    if (word !== undefined) tokens.push({ kind: 'word', text: word.toLowerCase(), ...at });
    else if (quoted !== undefined) tokens.push({ kind: 'quoted', text: quoted, ...at });
    else if (string !== undefined) tokens.push({ kind: 'string', text: string, ...at });
    else if (number !== undefined) tokens.push({ kind: 'number', text: number, ...at });
    else if (sign !== undefined) tokens.push({ kind: 'sign', text: sign, ...at });
  }
  return tokens;
}

const commentOrQuoted = /'(?:[^']|'')*'|"(?:[^"]|"")*"|`(?:[^`]|``)*`|--[^\n]*|\/\*[\s\S]*?\*\//g;

/** SQL without its comments: the parser would keep them, and their apostrophes would be taken for quotes. */
export function withoutComments(sql: string): string {
  return sql.replace(commentOrQuoted, (piece) => (/^(?:--|\/\*)/.test(piece) ? ' ' : piece));
}

/** The name that a word or a quoted identifier stands for. */
export function nameOf(token: Token): string {
  return token.kind === 'quoted' ? token.text.slice(1, -1).replaceAll('""', '"') : token.text;
}

/** The text inside a string literal. */
export const textOf = (token: Token): string => token.text.slice(1, -1).replaceAll("''", "'");
