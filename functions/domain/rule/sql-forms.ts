import { textLiteral } from './sql-literal.ts';

/** What a map holds under a name; NULL for nothing. */
export const entry = (map: string, name: string) => `element_at(${map}, ${textLiteral(name)})`;

export const double = (sql: string) => `CAST(${sql} AS double)`;

/** The text that a JSON text holds: it begins with a quote exactly when its value is one. NULL for another value. */
export const textOfJson = (json: string) => `json_extract_scalar(CASE WHEN ${json} LIKE '"%' THEN ${json} END, '$')`;
