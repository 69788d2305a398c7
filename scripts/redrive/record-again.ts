import { rowAgain } from '#contracts/lake/row-again.ts';

/**
 * What goes into a delivery stream in place of a record that it gave up. An event that the transform did not take goes as it
 * is. Rows that did not fit their table went through the transform before, which would refuse them: each goes in an envelope
 * of its own, so that one that still does not fit keeps no other back. Throws an Error when it is neither.
 */
export function recordAgain(record: string): readonly string[] {
  const whole = objectOf(record);
  if (whole !== undefined && ('detail-type' in whole || 'lakeRow' in whole)) return [record];
  // The transform puts a row on each line.
  const rows = record.split('\n').filter((line) => line !== '');
  const broken = rows.find((row) => objectOf(row) === undefined);
  if (broken !== undefined || rows.length === 0) {
    throw new Error(`A record of ${record.length} characters is neither an event of the bus nor rows of the lake`);
  }
  return rows.map(rowAgain);
}

function objectOf(text: string): object | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}
