import { ServiceError } from '#local-cloud/cloud/service.ts';
import { QueryError } from './dialect/query-error.ts';

/** How DuckDB's errors are called by Trino, for those that queries meet in practice. */
const duckErrors: readonly (readonly [pattern: RegExp, code: string])[] = [
  [/out of range for the destination/, 'NUMERIC_VALUE_OUT_OF_RANGE'],
  [/Out of Range Error/, 'NUMERIC_VALUE_OUT_OF_RANGE'],
  [/Conversion Error/, 'INVALID_CAST_ARGUMENT'],
  [/Invalid Input Error/, 'INVALID_FUNCTION_ARGUMENT'],
  [/Binder Error.*(not found|Referenced column)/s, 'COLUMN_NOT_FOUND'],
  [/Binder Error/, 'TYPE_MISMATCH'],
  [/Catalog Error/, 'TABLE_NOT_FOUND'],
  [/Parser Error/, 'SYNTAX_ERROR'],
];

/** A raised condition carries Trino's own code in the text that could not be cast. */
const raised = /Could not convert string '([A-Z_]+: [^']*)'/;

/** State and reason of an execution that ended by this error. */
export function queryFailure(error: unknown): { readonly state: 'FAILED' | 'CANCELLED'; readonly reason: string } {
  if (error instanceof QueryError) {
    return error.code === 'CANCELLED'
      ? { state: 'CANCELLED', reason: error.message }
      : { state: 'FAILED', reason: `${error.code}: ${error.message}` };
  }
  if (error instanceof ServiceError) return { state: 'FAILED', reason: `${error.code}: ${error.message}` };
  const message = error instanceof Error ? error.message : String(error);
  const condition = raised.exec(message)?.[1];
  if (condition !== undefined) return { state: 'FAILED', reason: condition };
  const code = duckErrors.find(([pattern]) => pattern.test(message))?.[1] ?? 'GENERIC_INTERNAL_ERROR';
  return { state: 'FAILED', reason: `${code}: ${message}` };
}
