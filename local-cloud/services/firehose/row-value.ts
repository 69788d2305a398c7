import { DuckDBListValue, DuckDBTimestampValue, type DuckDBValue } from '@duckdb/node-api';

/** A column of the Parquet file, in Glue's words. */
export interface RowColumn {
  readonly name: string;
  readonly type: string;
}

/** JSON with each number as it was written, so that big integers stay exact. */
type Exact = string | boolean | null | JsonNumber | readonly Exact[] | { readonly [key: string]: Exact };

class JsonNumber {
  readonly source: string;
  constructor(source: string) {
    this.source = source;
  }
}

/** The row that one JSON document gives: unknown keys left out, missing ones null, as the OpenX SerDe reads them. */
export function rowOf(
  document: string,
  columns: readonly RowColumn[],
  caseInsensitive: boolean,
): readonly DuckDBValue[] {
  const parsed: Exact = JSON.parse(document, (_key, value, context?: { source?: string }) =>
    typeof value === 'number' ? new JsonNumber(context?.source ?? String(value)) : value,
  );
  if (!isObject(parsed)) throw new SyntaxError('A JSON object was expected');
  const values = new Map(
    Object.entries(parsed).map(([key, value]) => [caseInsensitive ? key.toLowerCase() : key, value]),
  );
  return columns.map(({ name, type }) => {
    const value = values.get(name) ?? null;
    return value === null ? null : convert(value, type, name);
  });
}

const isObject = (value: Exact): value is { readonly [key: string]: Exact } =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof JsonNumber);

function convert(value: Exact, type: string, name: string): DuckDBValue {
  const written = value instanceof JsonNumber ? value.source : value;
  const fail = () => new TypeError(`Column ${name}: ${type} was expected`);
  switch (type) {
    case 'string':
      return typeof written === 'string' ? written : plainJson(value);
    case 'bigint':
      if (typeof written !== 'string' || !/^[+-]?\d{1,19}$/.test(written)) throw fail();
      return within64(BigInt(written), fail);
    case 'double': {
      const number = typeof written === 'string' && written.trim() !== '' ? Number(written) : Number.NaN;
      if (Number.isNaN(number)) throw fail();
      return number;
    }
    case 'boolean':
      if (written !== true && written !== false && written !== 'true' && written !== 'false') throw fail();
      return written === true || written === 'true';
    case 'timestamp': {
      const micros = typeof written === 'string' ? microsOf(written) : undefined;
      if (micros === undefined) throw fail();
      return new DuckDBTimestampValue(micros);
    }
    case 'array<string>':
    case 'array<double>': {
      if (!Array.isArray(value)) throw fail();
      const items = type.slice('array<'.length, -1);
      return new DuckDBListValue(value.map((item: Exact) => (item === null ? null : convert(item, items, name))));
    }
    default:
      throw new TypeError(`Column ${name}: type ${type} is not known to the local Firehose`);
  }
}

function within64(value: bigint, fail: () => Error): bigint {
  if (BigInt.asIntN(64, value) !== value) throw fail();
  return value;
}

/** JSON text of a value that a string column takes. */
function plainJson(value: Exact): string {
  if (value instanceof JsonNumber) return value.source;
  if (Array.isArray(value)) return `[${value.map((item: Exact) => plainJson(item)).join(',')}]`;
  if (isObject(value)) {
    return `{${Object.entries(value)
      .map(([key, item]) => `${JSON.stringify(key)}:${plainJson(item)}`)
      .join(',')}}`;
  }
  return JSON.stringify(value);
}

const isoPattern = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2})(?:\.(\d{1,9}))?Z?$/;

/** Times as the OpenX SerDe takes them: ISO with Z, `yyyy-MM-dd HH:mm:ss[.S]`, epoch seconds with a fraction, epoch milliseconds. */
function microsOf(text: string): bigint | undefined {
  const [, date, clock, fraction = ''] = isoPattern.exec(text) ?? [];
  if (date !== undefined && clock !== undefined) {
    const ms = Date.parse(`${date}T${clock}Z`);
    return Number.isNaN(ms) ? undefined : BigInt(ms) * 1000n + BigInt(fraction.slice(0, 6).padEnd(6, '0'));
  }
  if (/^\d{1,10}\.\d+$/.test(text)) return BigInt(Math.round(Number(text) * 1_000_000));
  if (/^\d{11,16}$/.test(text)) return BigInt(text) * 1000n;
  if (/^\d{1,10}$/.test(text)) return BigInt(text) * 1_000_000n;
  return undefined;
}
