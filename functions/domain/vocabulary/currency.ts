import * as z from 'zod';
import { isoCurrencies } from './iso-currencies.ts';

const expected = 'Expected an ISO 4217 code such as EUR';

/** An ISO 4217 code in upper case. */
export const Currency = z
  .string()
  .regex(/^[A-Z]{3}$/, { error: expected, abort: true })
  .refine((code) => isoCurrencies.has(code), expected);
