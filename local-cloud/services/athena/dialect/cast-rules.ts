import { isFloating, isInteger, isNull, isText, isTime, refused, type SiteRule } from './site-rule.ts';

/** CAST(… AS varchar). */
export const castToText =
  (length?: number): SiteRule =>
  (type = '') => {
    const text = textFrom(type);
    if (length === undefined) return text;
    return isText(type) ? `left(${text}, ${length})` : `t__at_most(${text}, ${length})`;
  };

function textFrom(type: string): string {
  if (type === 'JSON') return 't__json_scalar(arg0)';
  if (isFloating(type)) return 't__double_text(CAST(arg0 AS DOUBLE))';
  if (type === 'TIMESTAMP') return "strftime(arg0, '%Y-%m-%d %H:%M:%S.%g')";
  if (type === 'TIMESTAMP WITH TIME ZONE') return "strftime(timezone('UTC', arg0), '%Y-%m-%d %H:%M:%S.%g UTC')";
  if (isInteger(type) || isNull(type) || /^(VARCHAR|STRING_LITERAL|BOOLEAN|DATE|DECIMAL\(.*\))$/.test(type)) {
    return 'CAST(arg0 AS VARCHAR)';
  }
  throw refused('CAST(… AS varchar)', type);
}

/** CAST to a whole number: text must be one, fractions round half away from zero. */
export const castToWhole =
  (target: 'TINYINT' | 'SMALLINT' | 'INTEGER' | 'BIGINT'): SiteRule =>
  (type = '') => {
    if (isText(type)) return `CAST(t__whole_text(arg0) AS ${target})`;
    if (isFloating(type)) return `CAST(round(arg0) AS ${target})`;
    if (isInteger(type) || isNull(type) || type === 'BOOLEAN' || type.startsWith('DECIMAL') || type === 'JSON')
      return `CAST(arg0 AS ${target})`;
    throw refused(`CAST(… AS ${target.toLowerCase()})`, type);
  };

/** CAST to double: text must be a number. */
export const castToNumber: SiteRule = (type = '') => {
  if (isText(type)) return 'CAST(t__number_text(arg0) AS DOUBLE)';
  if (isTime(type)) throw refused('CAST(… AS double)', type);
  return 'CAST(arg0 AS DOUBLE)';
};

/** CAST to decimal: a double counts as its shortest decimal text. */
export const castToDecimal =
  (precision: number, scale: number): SiteRule =>
  (type = '') => {
    const target = `DECIMAL(${precision},${scale})`;
    if (isFloating(type)) return `CAST(CAST(arg0 AS VARCHAR) AS ${target})`;
    if (isText(type)) return `CAST(t__number_text(arg0) AS ${target})`;
    if (isTime(type)) throw refused('CAST(… AS decimal)', type);
    return `CAST(arg0 AS ${target})`;
  };

/** CAST to boolean, date or timestamp: text must have the form that Trino reads. */
export const castToBoolean: SiteRule = (type = '') =>
  isText(type) ? 'CAST(t__truth_text(arg0) AS BOOLEAN)' : 'CAST(arg0 AS BOOLEAN)';
export const castToDate: SiteRule = (type = '') =>
  isText(type) ? 'CAST(t__date_text(arg0) AS DATE)' : 'CAST(arg0 AS DATE)';
export const castToTimestamp: SiteRule = (type = '') =>
  isText(type) ? 't__millis(CAST(t__time_text(arg0) AS TIMESTAMP))' : 'CAST(arg0 AS TIMESTAMP)';
