import type * as z from 'zod';

/** What does not fit, in one line: `placements.0: Expected …; limit: Expected …`; `whole` names the value itself. */
export function faultsInWords({ issues }: z.ZodError, whole: string): string {
  return issues.map(({ path, message }) => `${path.join('.') || whole}: ${message}`).join('; ');
}
