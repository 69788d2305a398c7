import type { DuckDBConnection } from '@duckdb/node-api';

/** What binding a query tells: that it is well typed, or the operand types of the first mark it met. */
export type Binding =
  | { readonly kind: 'bound'; readonly columnTypes: readonly string[] }
  | { readonly kind: 'types'; readonly site: number; readonly types: readonly string[] };

/** The function whose refusal by DuckDB's binder tells the operand types of site `id`. */
export const probeName = (id: number) => `t__probe_${id}`;
/** Sites a query may have: that many probe functions exist. */
export const maxSites = 200;

const refusal = /No function matches the given name and argument types 't__probe_(\d+)\((.*?)\)'\. You might/s;

/** Binds a query without running it. */
export async function bind(connection: DuckDBConnection, sql: string): Promise<Binding> {
  try {
    const prepared = await connection.prepare(sql);
    const columnTypes = Array.from({ length: prepared.columnCount }, (_, at) => String(prepared.columnType(at)));
    prepared.destroySync();
    return { kind: 'bound', columnTypes };
  } catch (error) {
    const [, site, types] = refusal.exec(String(error)) ?? [];
    if (site === undefined || types === undefined) throw error;
    return { kind: 'types', site: Number(site), types: splitTypes(types) };
  }
}

/** Cuts `DECIMAL(4,1), STRUCT(a INTEGER, b VARCHAR)` at the commas outside of brackets. */
function splitTypes(list: string): readonly string[] {
  const types: string[] = [];
  let depth = 0;
  let from = 0;
  for (let index = 0; index <= list.length; index += 1) {
    const sign = list[index];
    if (sign === '(') depth += 1;
    if (sign === ')') depth -= 1;
    if (index === list.length || (sign === ',' && depth === 0)) {
      types.push(list.slice(from, index).trim());
      from = index + 1;
    }
  }
  return types;
}
