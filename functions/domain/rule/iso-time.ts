/** Texts that rules read as times: a date, or a date and time of day in UTC with up to three digits of a second. */
export const isoTimePattern =
  '^(19|2[0-9])[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])' +
  '(T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]([.][0-9]{3})?Z)?$';

const isoTime = new RegExp(isoTimePattern);

/** Epoch milliseconds of a text in ISO 8601, years 1900 to 2999; undefined when it is none or names no day of the calendar. */
export function timeOfText(text: string): number | undefined {
  if (!isoTime.test(text)) return undefined;
  const time = Date.parse(text);
  // Date.parse takes the 31st of February for a day of March.
  return Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== text.slice(0, 10) ? undefined : time;
}
