import { dayMs } from '#local-cloud/cloud/clock.ts';
import type { CloudContext } from '#local-cloud/cloud/service.ts';
import { QueryError } from './dialect/query-error.ts';

/** What a table's partition projection comes to. */
export interface ProjectedDays {
  /** Whether an object is in a partition that the projection reaches. */
  reaches(key: string): boolean;
  /** Every partition's value, first to last, whether anything is in it or not; none where nothing is projected. */
  readonly values: readonly string[];
}

/** Days or months from one to another. */
function* valuesBetween(from: string, to: string): Generator<string> {
  const step = from.length === 'yyyy-MM'.length ? 'month' : 'day';
  const at = new Date(`${from.padEnd('yyyy-MM-dd'.length, '-01')}T00:00:00Z`);
  for (let value = from; value <= to; value = at.toISOString().slice(0, from.length)) {
    yield value;
    if (step === 'month') at.setUTCMonth(at.getUTCMonth() + 1);
    else at.setUTCDate(at.getUTCDate() + 1);
  }
}

/**
 * Which objects a table's partition projection reaches: those whose `dt` is in the declared range. A day outside of it is
 * silently empty on AWS, so it is here too.
 */
export function projectedDays(
  relation: string,
  parameters: Readonly<Record<string, string>>,
  { clock }: CloudContext,
): ProjectedDays {
  if (parameters['projection.enabled'] !== 'true') return { reaches: () => true, values: [] };
  const [from, to] = (parameters['projection.dt.range'] ?? '')
    .split(',')
    .map((bound) => boundOf(bound.trim(), clock.now()));
  if (parameters['projection.dt.type'] !== 'date' || from === undefined || to === undefined) {
    throw new QueryError('INVALID_TABLE_PROPERTY', `${relation}: the local Athena projects one date partition, dt`);
  }
  return {
    values: [...valuesBetween(from, to)],
    reaches(key) {
      const time = /(?:^|\/)dt=(\d{4}-\d{2}(?:-\d{2})?)\//.exec(key)?.[1];
      return time !== undefined && time.length === from.length && time >= from && time <= to;
    },
  };
}

/** `2020-01-01`, `NOW`, `NOW-30DAYS`, `NOW+1DAYS`; `NOW-120MONTHS` is a month, as `2020-01` is. */
function boundOf(bound: string, nowMs: number): string | undefined {
  if (/^\d{4}-\d{2}(?:-\d{2})?$/.test(bound)) return bound;
  const [matched, sign = '+', count = '0', unit = 'DAY'] = /^NOW(?:([+-])(\d+)(DAY|MONTH)S?)?$/.exec(bound) ?? [];
  if (matched === undefined) return undefined;
  const shift = Number(`${sign}${count}`);
  if (unit === 'DAY') return new Date(nowMs + shift * dayMs).toISOString().slice(0, 10);
  const now = new Date(nowMs);
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + shift)).toISOString().slice(0, 7);
}
