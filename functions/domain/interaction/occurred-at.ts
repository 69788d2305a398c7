/** A smaller difference between the clocks is network time, and a resend must keep its time. */
const skewToleranceMs = 60_000;
const dayMs = 86_400_000;

// Date accepts much more than ISO 8601; the expression keeps its guesses out. A time without a zone is UTC.
const iso8601 = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?(Z|[+-]\d{2}(?::?\d{2})?)?)?$/i;

/** Epoch milliseconds of an ISO 8601 text, or `undefined`. Fractions beyond milliseconds are cut off. */
export function parseTime(text: unknown): number | undefined {
  if (typeof text !== 'string') return undefined;
  const match = iso8601.exec(text.trim());
  if (!match) return undefined;
  const hasTime = text.trim().length > 10;
  const normal = text
    .trim()
    .replace(' ', 'T')
    .replace(',', '.')
    .replace(/([+-]\d{2})(\d{2})?$/, (whole, hours: string, minutes?: string) =>
      whole.length === text.trim().length || !hasTime ? whole : `${hours}:${minutes ?? '00'}`,
    );
  const time = Date.parse(hasTime && match[1] === undefined ? `${normal}Z` : normal);
  // Date rolls February 30 over into March.
  if (Number.isNaN(time) || !isDayOfMonth(text.trim())) return undefined;
  return Math.trunc(time);
}

function isDayOfMonth(text: string): boolean {
  const [year = 0, month = 0, day = 0] = text.slice(0, 10).split('-').map(Number);
  return day >= 1 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/**
 * When an event happened by the server's clock (Segment spec, "Clock skew"): `receivedAt − (sentAt − originalTimestamp)`
 * when the two clocks differ by more than a minute. All in epoch milliseconds; without a timestamp it is the arrival;
 * `undefined` when the timestamp can't be read. A sentAt that can't be read corrects nothing.
 */
export function correctedTime(original: unknown, sentAt: unknown, receivedAt: number): number | undefined {
  if (original === undefined || original === null) return receivedAt;
  const time = parseTime(original);
  if (time === undefined) return undefined;
  const sent = parseTime(sentAt);
  if (sent === undefined || Math.abs(receivedAt - sent) <= skewToleranceMs) return time;
  return receivedAt - (sent - time);
}

/** Whether a time can be an interaction's: from 1970 on, and no more than a day ahead of its arrival. */
export function timeInRange(time: number, receivedAt: number): boolean {
  return time >= 0 && time <= receivedAt + dayMs;
}
