import { dayMs } from '#domain/calendar/days.ts';

/** A text in quotes. */
export function textLiteral(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A finite double; without its exponent SQL would take it for a decimal. */
export function numberLiteral(value: number): string {
  const digits = Math.abs(value).toExponential().replace('e', 'E').replace('+', '');
  return value < 0 || Object.is(value, -0) ? `(-${digits})` : digits;
}

/** A time in epoch milliseconds, UTC. */
export function instantLiteral(time: number): string {
  return `TIMESTAMP '${new Date(time).toISOString().slice(0, 23).replace('T', ' ')}'`;
}

/** A day, counted from 1970-01-01. */
export function dateLiteral(day: number): string {
  return `DATE '${new Date(day * dayMs).toISOString().slice(0, 10)}'`;
}
