import { readFileSync } from 'node:fs';

/** Statements that make the macros that stand for Trino's functions. */
export const macros = readFileSync(new URL('./trino-functions.sql', import.meta.url), 'utf8');

/** Names of these macros. */
export const macroNames: ReadonlySet<string> = new Set(
  [...macros.matchAll(/CREATE MACRO (\w+)/g)].map(([, name = '']) => name),
);
