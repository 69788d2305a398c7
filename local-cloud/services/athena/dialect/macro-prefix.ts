/** Prefix of the macros in trino-functions.sql, and of every name made up for a query. */
export const macroPrefix = 't__';
