import * as z from 'zod';
import { isObject } from '#domain/text/is-object.ts';
import { plainWords } from '#domain/vocabulary/plain-words.ts';
import { AllocationProblemError } from './allocation-problem-error.ts';

/** One thing that could be done for a customer: what it is worth, and what it takes of each resource. */
export interface CustomerOption {
  readonly id: string;
  readonly value: number;
  readonly uses?: Readonly<Record<string, number>> | undefined;
}

/** A customer and what could be done; at most one of the options is chosen. */
export interface CustomerOptions {
  readonly customer: string;
  readonly options: readonly CustomerOption[];
}

const CustomerOptions = z.object({
  customer: z.string().min(1),
  options: z
    .array(
      z.object({
        id: z.string().min(1),
        value: z.number(),
        uses: z.record(z.string(), z.number().min(0)).optional(),
      }),
    )
    .max(2 ** 16),
});

/** Reads a customer's line. Throws an AllocationProblemError that says what was expected. */
export function readCustomerOptions(line: unknown): CustomerOptions {
  // Twenty million options are looked at by hand in the time in which a schema looks at one million.
  if (isCustomerOptions(line)) return line;
  const read = CustomerOptions.safeParse(line, { error: plainWords });
  if (read.success) return read.data;
  throw new AllocationProblemError(z.prettifyError(read.error));
}

function isCustomerOptions(line: unknown): line is CustomerOptions {
  return (
    isObject(line) &&
    typeof line.customer === 'string' &&
    line.customer !== '' &&
    Array.isArray(line.options) &&
    line.options.length <= 2 ** 16 &&
    line.options.every(isOption)
  );
}

function isOption(option: unknown): boolean {
  return (
    isObject(option) &&
    typeof option.id === 'string' &&
    option.id !== '' &&
    typeof option.value === 'number' &&
    (option.uses === undefined || areUses(option.uses))
  );
}

function areUses(uses: unknown): boolean {
  if (!isObject(uses)) return false;
  for (const name in uses) if (typeof uses[name] !== 'number') return false;
  return true;
}
