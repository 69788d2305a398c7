import * as z from 'zod';
import type { Scope } from './credential.ts';

/** Who may hold a key: `public` ones stand in web pages and apps, where anybody reads them; `server` ones don't leave the firm. */
export const Trust = z.enum(['public', 'server']);
export type Trust = z.infer<typeof Trust>;

/** The trust of a credential that was made without a word about it: a key that may only collect is one for web pages. */
export function trustOfScopes(scopes: readonly Scope[]): Trust {
  return scopes.length === 1 && scopes[0] === 'collect' ? 'public' : 'server';
}
