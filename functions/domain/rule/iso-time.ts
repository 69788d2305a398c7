/**
 * Texts that rules read as times, which are those that the door takes as timestamps: a date, or a date and a time of day with up
 * to nine digits of a second, in UTC or with an offset, years 1900 to 2999. Athena reads the same pattern: nothing in it that
 * JavaScript, Java and RE2 understand differently. Its groups: date, hour, minute, second, fraction, hours and minutes of the offset.
 */
export const isoTimePattern = [
  String.raw`^[ \t\r\n]*`,
  '((?:19|2[0-9])[0-9]{2}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01]))',
  '(?:[Tt ]([01][0-9]|2[0-3]):([0-5][0-9])(?::([0-5][0-9])(?:[.,]([0-9]{1,9}))?)?',
  '(?:[Zz]|([+-](?:[01][0-9]|2[0-3]))(?::?([0-5][0-9]))?)?)?',
  String.raw`[ \t\r\n]*$`,
].join('');

const isoTime = new RegExp(isoTimePattern);

/** Epoch milliseconds of a text in ISO 8601; undefined when it is none or names no day of the calendar. What is finer is cut off. */
export function timeOfText(text: string): number | undefined {
  const [, date, hour = '00', minute = '00', second = '00', fraction = '', offset = '+00', rest = '00'] =
    isoTime.exec(text) ?? [];
  if (date === undefined) return undefined;
  const time = Date.parse(`${date}T${hour}:${minute}:${second}.${fraction.slice(0, 3).padEnd(3, '0')}Z`);
  // Date.parse takes the 31st of February for a day of March.
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== date) return undefined;
  return time - (Number(offset) * 60 + Number(`${offset.charAt(0)}${rest}`)) * 60_000;
}

/** The same of a text in SQL, without a zone; what is no time is NULL. */
export function timeOfTextInSql(text: string): string {
  const group = (index: number, absent: string) =>
    `coalesce(nullif(regexp_extract(${text}, '${isoTimePattern}', ${index}), ''), '${absent}')`;
  const [hour, minute, second] = [2, 3, 4].map((index) => group(index, '00'));
  const milliseconds = `rpad(${group(5, '0')}, 3, '0')`;
  const moment = `concat(${group(1, '')}, ' ', ${hour}, ':', ${minute}, ':', ${second}, '.', ${milliseconds})`;
  const [hours, minutes] = [group(6, '+00'), group(7, '00')];
  const offset = `CAST(${hours} AS bigint) * 60 + CAST(concat(substr(${hours}, 1, 1), ${minutes}) AS bigint)`;
  const utc = `date_add('minute', -(${offset}), TRY_CAST(${moment} AS timestamp))`;
  return `CASE WHEN regexp_like(${text}, '${isoTimePattern}') THEN ${utc} END`;
}
