/** Where an object of a delivery stream goes: its prefix filled in, and a name as Firehose makes it. */
export interface KeyParts {
  readonly streamName: string;
  /** Arrival of the oldest record in the object, in epoch milliseconds; the paths' time, in UTC. */
  readonly arrivalMs: number;
  readonly nowMs: number;
  readonly id: string;
  readonly extension: string;
}

export type ErrorOutputType = 'processing-failed' | 'format-conversion-failed';

/** Key of a delivered object. A prefix without a time gets Firehose's `yyyy/MM/dd/HH/`. */
export function deliveredKey(prefix: string, parts: KeyParts): string {
  const folder = prefix.includes('!{') ? fill(prefix, parts) : `${prefix}${time('yyyy/MM/dd/HH', parts.arrivalMs)}/`;
  return folder + objectName(parts);
}

/** Key of an object with records that could not be delivered. */
export function failedKey(prefix: string, type: ErrorOutputType, parts: KeyParts): string {
  const folder = prefix.includes('!{')
    ? fill(prefix, parts, type)
    : `${prefix}${type}/${time('yyyy/MM/dd/HH', parts.arrivalMs)}/`;
  return folder + objectName(parts);
}

const objectName = ({ streamName, nowMs, id, extension }: KeyParts) =>
  `${streamName}-1-${time('yyyy-MM-dd-HH-mm-ss', nowMs)}-${id}${extension}`;

function fill(prefix: string, parts: KeyParts, errorType?: ErrorOutputType): string {
  return prefix.replace(/!\{([^:}]+):([^}]+)\}/g, (expression, namespace: string, value: string) => {
    if (namespace === 'timestamp') return time(value, parts.arrivalMs);
    if (namespace === 'firehose' && value === 'error-output-type' && errorType !== undefined) return errorType;
    throw new RangeError(`The local Firehose does not know the prefix expression ${expression}`);
  });
}

/** A Java DateTimeFormatter pattern, as far as prefixes use it. */
function time(pattern: string, atMs: number): string {
  const [date = '', clock = ''] = new Date(atMs).toISOString().split('T');
  const [year = '', month = '', day = ''] = date.split('-');
  const [hour = '', minute = '', second = ''] = clock.slice(0, 8).split(':');
  const parts: Readonly<Record<string, string>> = { yyyy: year, MM: month, dd: day, HH: hour, mm: minute, ss: second };
  return pattern.replace(/'([^']*)'|[a-zA-Z]+/g, (piece, quoted: string | undefined) => {
    const part = quoted ?? parts[piece];
    if (part === undefined) throw new RangeError(`The local Firehose does not know the time pattern ${pattern}`);
    return part;
  });
}
