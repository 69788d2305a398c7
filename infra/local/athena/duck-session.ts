import { readFileSync } from 'node:fs';
import {
  BIGINT,
  BLOB,
  DOUBLE,
  DuckDBBlobValue,
  type DuckDBConnection,
  DuckDBInstance,
  DuckDBScalarFunction,
  type DuckDBType,
  type DuckDBValue,
  VARCHAR,
} from '@duckdb/node-api';
import { jsonScalar } from './json-scalar.ts';
import { sortedJson } from './sorted-json.ts';
import { type Binding, maxSites, probeName } from './translate.ts';
import { scientific } from './value-text.ts';

const macros = readFileSync(new URL('./trino-functions.sql', import.meta.url), 'utf8');

/** Names of the macros that stand for Trino's functions. */
export const macroNames: ReadonlySet<string> = new Set(
  [...macros.matchAll(/CREATE MACRO (\w+)/g)].map(([, name = '']) => name),
);

/** Starts the engine: in memory, offline, and reading nothing but the given folder. */
export async function startDuck(dataDirectory: string): Promise<DuckDBInstance> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
  const connection = await instance.connect();
  registerFunctions(connection);
  await connection.run(macros);
  await connection.run(`
    SET TimeZone = 'UTC'; SET lambda_syntax = 'ENABLE_SINGLE_ARROW';
    SET autoinstall_known_extensions = false; SET autoload_known_extensions = false;
    SET allowed_directories = ['${dataDirectory.replaceAll("'", "''")}/']; SET enable_external_access = false;`);
  connection.closeSync();
  return instance;
}

function registerFunctions(connection: DuckDBConnection): void {
  // A function without parameters: any use with operands is refused with their types in the message.
  for (let id = 0; id < maxSites; id += 1) {
    connection.registerScalarFunction(
      DuckDBScalarFunction.create({ name: probeName(id), returnType: VARCHAR, mainFunction: () => {} }),
    );
  }
  const functions = [
    scalar('t__double_text', [DOUBLE], VARCHAR, (value) => doubleAsVarchar(Number(value))),
    scalar('t__bytes_to_bigint', [BLOB], BIGINT, bytesToBigint),
    scalar('t__json_extract_scalar', [VARCHAR, VARCHAR], VARCHAR, (json, path) =>
      jsonScalar(String(json), String(path)),
    ),
    scalar('t__shift_right', [BIGINT, BIGINT], BIGINT, (value, by) =>
      BigInt.asIntN(64, BigInt.asUintN(64, bigintOf(value)) >> bigintOf(by)),
    ),
    scalar('t__from_digits', [VARCHAR, BIGINT], BIGINT, (text, radix) => fromDigits(String(text), Number(radix))),
    scalar('t__to_digits', [BIGINT, BIGINT], VARCHAR, (value, radix) => bigintOf(value).toString(Number(radix))),
    scalar('t__sorted_json', [VARCHAR], VARCHAR, (json) => sortedJson(String(json))),
  ];
  for (const made of functions) connection.registerScalarFunction(made);
}

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

const refusal = /No function matches the given name and argument types 't__probe_(\d+)\((.*?)\)'\. You might/s;

/** Binds a query without running it. */
export async function bind(connection: DuckDBConnection, sql: string): Promise<Binding> {
  try {
    const prepared = await connection.prepare(sql);
    prepared.destroySync();
    return { kind: 'bound' };
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
