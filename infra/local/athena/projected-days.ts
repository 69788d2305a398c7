import type { CloudContext } from '#infra/local/service.ts';
import { QueryError } from './dialect/query-error.ts';

const dayMs = 86_400_000;

/**
 * Which objects a table's partition projection reaches: those whose `dt` is in the declared range. A day outside of it is
 * silently empty on AWS, so it is here too.
 */
export function projectedDays(
  relation: string,
  parameters: Readonly<Record<string, string>>,
  { clock }: CloudContext,
): (key: string) => boolean {
  if (parameters['projection.enabled'] !== 'true') return () => true;
  const [from, to] = (parameters['projection.dt.range'] ?? '')
    .split(',')
    .map((bound) => boundOf(bound.trim(), clock.now()));
  if (parameters['projection.dt.type'] !== 'date' || from === undefined || to === undefined) {
    throw new QueryError('INVALID_TABLE_PROPERTY', `${relation}: the local Athena projects one date partition, dt`);
  }
  return (key) => {
    const time = /(?:^|\/)dt=(\d{4}-\d{2}(?:-\d{2})?)\//.exec(key)?.[1];
    return time !== undefined && time.length === from.length && time >= from && time <= to;
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
