import * as z from 'zod';
import { doubleText } from '#local-cloud/services/athena/value-text.ts';

const Page = z.object({
  nextUri: z.string().optional(),
  columns: z.array(z.object({ name: z.string(), type: z.string() })).optional(),
  data: z.array(z.array(z.unknown())).optional(),
  error: z.object({ errorName: z.string(), message: z.string() }).optional(),
});

/** Trino's answer to a query: rows of texts as Athena writes them, or the name of its error. */
export type TrinoAnswer = { readonly rows: (string | null)[][] } | { readonly error: string };

/** Runs a query on a Trino server over its HTTP protocol. */
export async function askTrino(endpoint: string, sql: string): Promise<TrinoAnswer> {
  const headers = { 'X-Trino-User': 'conformance', 'X-Trino-Time-Zone': 'UTC' };
  let page = Page.parse(await (await fetch(`${endpoint}/v1/statement`, { method: 'POST', body: sql, headers })).json());
  let types: string[] = [];
  const rows: (string | null)[][] = [];
  for (;;) {
    types = page.columns?.map(({ type }) => type) ?? types;
    for (const row of page.data ?? []) rows.push(row.map((value, index) => textOf(value, types[index] ?? '')));
    if (page.error !== undefined) return { error: page.error.errorName };
    if (page.nextUri === undefined) return { rows };
    page = Page.parse(await (await fetch(page.nextUri, { headers })).json());
  }
}

/** A value of Trino's JSON as Athena writes it. */
function textOf(value: unknown, type: string): string | null {
  if (value === null) return null;
  const inner = (part: unknown, partType: string) => textOf(part, partType) ?? 'null';
  if (type.startsWith('array(') && Array.isArray(value)) {
    return `[${value.map((item: unknown) => inner(item, type.slice(6, -1))).join(', ')}]`;
  }
  if (type.startsWith('map(') && typeof value === 'object') {
    const [, valueType = ''] = parametersOf(type);
    return `{${Object.entries(value)
      .map(([key, item]) => `${key}=${inner(item, valueType)}`)
      .join(', ')}}`;
  }
  if (type === 'double' && typeof value === 'number') return doubleText(value);
  if (type === 'varbinary')
    return Buffer.from(String(value), 'base64')
      .toString('hex')
      .replace(/..(?=.)/g, '$& ');
  return type.startsWith('timestamp') ? timestampText(String(value)) : String(value);
}

/** Types between the outermost brackets. */
function parametersOf(type: string): string[] {
  const parameters = [''];
  let depth = 0;
  for (const sign of type.slice(type.indexOf('(') + 1, -1)) {
    depth += sign === '(' ? 1 : sign === ')' ? -1 : 0;
    if (sign === ',' && depth === 0) parameters.push('');
    else parameters[parameters.length - 1] += sign;
  }
  return parameters.map((parameter) => parameter.trim());
}

/** Athena shows three digits of a second, whatever the precision. */
function timestampText(text: string): string {
  const [, time = text, digits = '', zone = ''] = /^(\S+ \d\d:\d\d:\d\d)(?:\.(\d+))?( .*)?$/.exec(text) ?? [];
  return `${time}.${digits.slice(0, 3).padEnd(3, '0')}${zone}`;
}
