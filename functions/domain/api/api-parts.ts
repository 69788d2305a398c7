import * as z from 'zod';

/** The one form of every refusal. */
export const Refusal = z.object({ error: z.object({ code: z.string(), message: z.string() }) });

/** JSON content of a schema; `input` is what may be sent, `output` what is answered. */
export function json(schema: z.ZodType, io: 'input' | 'output') {
  return { 'application/json': { schema: z.toJSONSchema(schema, { io, unrepresentable: 'any' }) } };
}

/** An answer with a JSON body. */
export function answers(description: string, schema: z.ZodType) {
  return { description, content: json(schema, 'output') };
}

/** An answer that refuses: a code for programs, words for people. */
export function refusal(description: string) {
  return answers(description, Refusal);
}
