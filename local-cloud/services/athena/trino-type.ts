/** A column type as Athena's result metadata names it. */
export interface ColumnInfo {
  readonly Name: string;
  readonly Type: string;
  readonly Precision: number;
  readonly Scale: number;
}

const simple: Readonly<Record<string, readonly [type: string, precision: number, scale: number]>> = {
  BOOLEAN: ['boolean', 0, 0],
  TINYINT: ['tinyint', 3, 0],
  SMALLINT: ['smallint', 5, 0],
  INTEGER: ['integer', 10, 0],
  BIGINT: ['bigint', 19, 0],
  HUGEINT: ['bigint', 19, 0],
  FLOAT: ['float', 17, 0],
  DOUBLE: ['double', 17, 0],
  VARCHAR: ['varchar', 2147483647, 0],
  JSON: ['json', 0, 0],
  BLOB: ['varbinary', 1073741824, 0],
  DATE: ['date', 0, 0],
  TIMESTAMP: ['timestamp', 3, 0],
  'TIMESTAMP WITH TIME ZONE': ['timestamp with time zone', 3, 0],
};

/** Athena's description of a DuckDB result column; undefined for a type that Athena has no like of. */
export function columnInfo(name: string, duckType: string): ColumnInfo | undefined {
  const decimal = /^DECIMAL\((\d+),(\d+)\)$/.exec(duckType);
  if (decimal !== null) {
    return { Name: name, Type: 'decimal', Precision: Number(decimal[1]), Scale: Number(decimal[2]) };
  }
  const composite = duckType.endsWith(']') ? 'array' : /^(MAP|STRUCT)\(/.exec(duckType)?.[1];
  const [type, precision, scale] =
    composite === undefined
      ? (simple[duckType] ?? [])
      : [composite === 'MAP' ? 'map' : composite === 'STRUCT' ? 'row' : 'array', 0, 0];
  if (type === undefined || precision === undefined || scale === undefined) return undefined;
  return { Name: name, Type: type, Precision: precision, Scale: scale };
}

const fromGlue: Readonly<Record<string, string>> = {
  string: 'VARCHAR',
  bigint: 'BIGINT',
  int: 'INTEGER',
  integer: 'INTEGER',
  double: 'DOUBLE',
  boolean: 'BOOLEAN',
  timestamp: 'TIMESTAMP',
  date: 'DATE',
};

/** The DuckDB type that holds a Glue column; throws for a type that the lake does not use. */
export function glueTypeToDuck(glueType: string): string {
  const [, items] = /^array<(.+)>$/.exec(glueType) ?? [];
  if (items !== undefined) return `${glueTypeToDuck(items)}[]`;
  const [, key, value] = /^map<(\w+),(.+)>$/.exec(glueType) ?? [];
  if (key !== undefined && value !== undefined) return `MAP(${glueTypeToDuck(key)}, ${glueTypeToDuck(value)})`;
  const duck = fromGlue[glueType] ?? /^decimal\(\d+,\d+\)$/.exec(glueType)?.[0].toUpperCase();
  if (duck === undefined) throw new TypeError(`Glue type ${glueType} is not known to the local lake`);
  return duck;
}
