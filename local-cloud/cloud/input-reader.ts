import * as z from 'zod';
import type { ServiceError } from './service.ts';

/** What reads inputs of one service's operations; an input that does not fit is refused with all that is wrong, in one line. */
export function inputReader(refusal: (faults: string) => ServiceError) {
  return <Input>(schema: z.ZodType<Input>, input: unknown): Input => {
    const parsed = schema.safeParse(input);
    if (parsed.success) return parsed.data;
    throw refusal(z.prettifyError(parsed.error).replaceAll('\n', ' '));
  };
}
