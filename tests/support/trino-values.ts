import { textLiteral } from '#domain/rule/sql-literal.ts';

/** Rows as a relation in Trino's SQL; columns by name with their types in Glue's spelling. */
export function trinoValues(
  name: string,
  columns: Readonly<Record<string, string>>,
  rows: readonly Readonly<Record<string, unknown>>[],
): string {
  const tuples = rows.map(
    (row) =>
      `(${Object.entries(columns)
        .map(([column, type]) => sqlValue(Reflect.get(row, column), type))
        .join(', ')})`,
  );
  return `(VALUES ${tuples.join(', ')}) AS ${name} (${Object.keys(columns).join(', ')})`;
}

function sqlValue(value: unknown, type: string): string {
  const [, key, item] = /^map<(\w+),(.+)>$/.exec(type) ?? [];
  const trino = trinoType(type);
  if (value === null || value === undefined) return `CAST(NULL AS ${trino})`;
  if (key !== undefined && item !== undefined) {
    const [names, items] = [Object.keys(value), Object.values(value)];
    const made = `MAP(ARRAY[${names.map(textLiteral).join(', ')}], ARRAY[${items.map((each) => sqlValue(each, item)).join(', ')}])`;
    return `CAST(${made} AS ${trino})`;
  }
  if (Array.isArray(value)) {
    const items = value.map((each) => (typeof each === 'string' ? textLiteral(each) : String(each)));
    return `CAST(ARRAY[${items.join(', ')}] AS ${trino})`;
  }
  if (type === 'timestamp') return `TIMESTAMP '${String(value).replace('T', ' ')}'`;
  return type === 'string' ? textLiteral(String(value)) : `CAST(${String(value)} AS ${trino})`;
}

function trinoType(type: string): string {
  const [, key, item] = /^map<(\w+),(.+)>$/.exec(type) ?? [];
  if (key !== undefined && item !== undefined) return `map(${trinoType(key)}, ${trinoType(item)})`;
  const [, element] = /^array<(.+)>$/.exec(type) ?? [];
  if (element !== undefined) return `array(${trinoType(element)})`;
  return type === 'string' ? 'varchar' : type === 'timestamp' ? 'timestamp(3)' : type;
}
