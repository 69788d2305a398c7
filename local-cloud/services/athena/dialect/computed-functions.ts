import {
  BIGINT,
  BLOB,
  DOUBLE,
  DuckDBBlobValue,
  DuckDBListValue,
  DuckDBScalarFunction,
  type DuckDBType,
  type DuckDBValue,
  LIST,
  VARCHAR,
} from '@duckdb/node-api';
import { doubleText } from '#local-cloud/services/athena/value-text.ts';
import { javaFormat } from './java-format.ts';
import { jsonScalar } from './json-scalar.ts';
import { scientific } from './scientific.ts';
import { sortedJson } from './sorted-json.ts';

/** Functions that DuckDB's own cannot stand for, computed in this process. */
export const computedFunctions = (): readonly DuckDBScalarFunction[] => [
  scalar('t__double_text', [DOUBLE], VARCHAR, (value) => doubleAsVarchar(Number(value))),
  scalar('t__bytes_to_bigint', [BLOB], BIGINT, bytesToBigint),
  scalar('t__json_extract_scalar', [VARCHAR, VARCHAR], VARCHAR, (json, path) => jsonScalar(String(json), String(path))),
  scalar('t__shift_right', [BIGINT, BIGINT], BIGINT, (value, by) =>
    BigInt.asIntN(64, BigInt.asUintN(64, bigintOf(value)) >> bigintOf(by)),
  ),
  scalar('t__from_digits', [VARCHAR, BIGINT], BIGINT, (text, radix) => fromDigits(String(text), Number(radix))),
  scalar('t__to_digits', [BIGINT, BIGINT], VARCHAR, (value, radix) => bigintOf(value).toString(Number(radix))),
  scalar('t__java_double', [DOUBLE], VARCHAR, (value) => doubleText(Number(value))),
  scalar('t__format', [VARCHAR, LIST(VARCHAR)], VARCHAR, (pattern, values) =>
    javaFormat(String(pattern), values instanceof DuckDBListValue ? values.items.map(String) : []),
  ),
  scalar('t__sorted_json', [VARCHAR], VARCHAR, (json) => sortedJson(String(json))),
];

const bigintOf = (value: DuckDBValue = null): bigint => (typeof value === 'bigint' ? value : BigInt(String(value)));

function fromDigits(text: string, radix: number): bigint {
  let value = 0n;
  for (const digit of text.replace(/^[+-]/, '')) {
    const amount = Number.parseInt(digit, radix);
    if (Number.isNaN(amount)) throw new Error('not a valid number in this base');
    value = value * BigInt(radix) + BigInt(amount);
  }
  const signed = text.startsWith('-') ? -value : value;
  if (text === '' || BigInt.asIntN(64, signed) !== signed) throw new Error('not a valid bigint');
  return signed;
}

function bytesToBigint(value: DuckDBValue = null): DuckDBValue {
  if (!(value instanceof DuckDBBlobValue) || value.bytes.length !== 8) {
    throw new Error('expected 8-byte input');
  }
  return Buffer.from(value.bytes).readBigInt64BE();
}

/** A function computed here row by row; a NULL among the operands gives NULL. */
function scalar(
  name: string,
  parameterTypes: readonly DuckDBType[],
  returnType: DuckDBType,
  compute: (...values: DuckDBValue[]) => DuckDBValue,
): DuckDBScalarFunction {
  return DuckDBScalarFunction.create({
    name,
    parameterTypes,
    returnType,
    mainFunction(_info, input, output) {
      const columns = parameterTypes.map((_, index) => input.getColumnVector(index));
      for (let row = 0; row < input.rowCount; row += 1) {
        const values = columns.map((column) => column.getItem(row));
        output.setItem(row, values.includes(null) ? null : compute(...values));
      }
      output.flush();
    },
  });
}

/** Trino's CAST(double AS varchar): always scientific. */
function doubleAsVarchar(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? 'Infinity' : '-Infinity';
  if (value === 0) return Object.is(value, -0) ? '-0E0' : '0E0';
  return scientific(value);
}
