import {
  DuckDBBlobValue,
  DuckDBDateValue,
  DuckDBDecimalValue,
  DuckDBListType,
  DuckDBListValue,
  DuckDBMapType,
  DuckDBMapValue,
  DuckDBStructType,
  DuckDBStructValue,
  DuckDBTimestampTZValue,
  DuckDBTimestampValue,
  type DuckDBType,
  DuckDBTypeId,
  type DuckDBValue,
} from '@duckdb/node-api';
import { dayMs } from '#local-cloud/cloud/clock.ts';
import { scientific } from './dialect/scientific.ts';

const two = (value: number) => String(value).padStart(2, '0');

/** A result value as Athena writes it in CSV and GetQueryResults; undefined is SQL's NULL. */
export function valueText(value: DuckDBValue, type: DuckDBType): string | undefined {
  if (value === null) return undefined;
  if (typeof value === 'string') return value;
  if (typeof value === 'number') {
    if (type.typeId === DuckDBTypeId.FLOAT) return realText(value);
    return type.typeId === DuckDBTypeId.DOUBLE ? doubleText(value) : String(value);
  }
  if (typeof value === 'bigint' || typeof value === 'boolean') return String(value);
  if (value instanceof DuckDBDecimalValue) return value.toString();
  if (value instanceof DuckDBTimestampValue) return timestampText(value.micros);
  if (value instanceof DuckDBTimestampTZValue) return `${timestampText(value.micros)} UTC`;
  if (value instanceof DuckDBDateValue) return dateText(value.days);
  if (value instanceof DuckDBBlobValue)
    return [...value.bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
  if (value instanceof DuckDBListValue && type instanceof DuckDBListType) {
    return `[${value.items.map((item) => nestedText(item, type.valueType)).join(', ')}]`;
  }
  if (value instanceof DuckDBMapValue && type instanceof DuckDBMapType) {
    const entries = value.entries.map(
      ({ key, value: item }) => `${nestedText(key, type.keyType)}=${nestedText(item, type.valueType)}`,
    );
    return `{${entries.join(', ')}}`;
  }
  if (value instanceof DuckDBStructValue && type instanceof DuckDBStructType) {
    const fields = Object.values(value.entries).map((item, index) => {
      const name = type.entryNames[index] ?? '';
      return `${name === '' ? `field${index}` : name}=${nestedText(item, type.typeForEntry(name))}`;
    });
    return `{${fields.join(', ')}}`;
  }
  throw new TypeError(`A query result of type ${value.constructor.name} has no Athena text`);
}

const nestedText = (value: DuckDBValue, type: DuckDBType): string => valueText(value, type) ?? 'null';

/** Java's Double.toString: plain from 10^-3 to 10^7, else with one digit before the point and E. */
export function doubleText(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? 'Infinity' : '-Infinity';
  if (Object.is(value, -0)) return '-0.0';
  const size = Math.abs(value);
  if (size === 0 || (size >= 1e-3 && size < 1e7)) return Number.isInteger(value) ? `${value}.0` : String(value);
  return scientific(value);
}

/** Java's Float.toString: the fewest digits that name the real, of which a double would show more. */
function realText(value: number): string {
  const lengths = Array.from({ length: 9 }, (_, index) => index + 1);
  const digits = lengths.find((length) => Math.fround(Number(value.toPrecision(length))) === value);
  return doubleText(digits === undefined ? value : Number(value.toPrecision(digits)));
}

function dateText(days: number): string {
  return new Date(days * dayMs).toISOString().slice(0, -14);
}

/** `yyyy-MM-dd HH:mm:ss.SSS`, the precision of timestamp(3). */
function timestampText(micros: bigint): string {
  const millis = Number(micros / 1000n) - (micros % 1000n < 0n ? 1 : 0);
  const at = new Date(millis);
  const date = at.toISOString().slice(0, -14);
  const time = `${two(at.getUTCHours())}:${two(at.getUTCMinutes())}:${two(at.getUTCSeconds())}`;
  return `${date} ${time}.${String(at.getUTCMilliseconds()).padStart(3, '0')}`;
}
