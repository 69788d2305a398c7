import {
  castToBoolean,
  castToDate,
  castToDecimal,
  castToNumber,
  castToText,
  castToTimestamp,
  castToWhole,
} from './cast-rules.ts';
import type { KindRewrite, RewriteContext } from './kind-rewrite.ts';
import { QueryError } from './query-error.ts';
import type { SiteRule } from './site-rule.ts';
import { child, type Tree } from './sql-tree.ts';
import { localTime } from './zoned-time.ts';

const wholeTypes: Readonly<Record<string, 'TINYINT' | 'SMALLINT' | 'INTEGER' | 'BIGINT'>> = {
  tiny_int: 'TINYINT',
  small_int: 'SMALLINT',
  int: 'INTEGER',
  big_int: 'BIGINT',
};

const checkedTypes: Readonly<Record<string, SiteRule>> = {
  boolean: castToBoolean,
  date: castToDate,
  timestamp: castToTimestamp,
};

/** Types to which DuckDB casts as Trino does, or refuses. */
const plainTypes: ReadonlySet<string> = new Set(['timestamp', 'var_binary', 'array', 'map']);

/** CAST(operand AS type), by the operand's type where it matters. */
export function castRewrite(content: Tree, _context: RewriteContext): KindRewrite {
  const to = child(content, 'to');
  const type = child(to, 'data_type');
  const operand = child(content, 'this');
  const operands = [(type === 'date' || type === 'timestamp' ? localTime(operand) : undefined) ?? operand];
  if (type === 'var_char') {
    const length = child(to, 'length');
    return { rule: castToText(typeof length === 'number' ? length : undefined), id: `varchar${length}`, operands };
  }
  const whole = typeof type === 'string' ? wholeTypes[type] : undefined;
  if (whole !== undefined) return { rule: castToWhole(whole), id: whole, operands };
  if (type === 'double' || type === 'float' || type === 'real') return { rule: castToNumber, id: 'double', operands };
  if (type === 'decimal') {
    const [precision, scale] = [child(to, 'precision'), child(to, 'scale')].map((part) =>
      typeof part === 'number' ? part : undefined,
    );
    const id = `decimal${precision},${scale}`;
    return { rule: castToDecimal(precision ?? 38, scale ?? 0), id, operands };
  }
  const checked = typeof type === 'string' && child(to, 'timezone') !== true ? checkedTypes[type] : undefined;
  if (checked !== undefined) return { rule: checked, id: String(type), operands };
  if (typeof type !== 'string' || !plainTypes.has(type)) {
    throw new QueryError(
      'NOT_SUPPORTED',
      `CAST to ${String(type)} is not among those checked against Trino (local Athena)`,
    );
  }
  return {
    tree: {
      cast: {
        ...(typeof content === 'object' && content !== null && !Array.isArray(content) ? content : {}),
        this: operands[0] ?? null,
      },
    },
  };
}
