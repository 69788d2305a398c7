import * as z from 'zod';

/** Answer of lambda:Invoke in process. */
export const invokeOutput = z.object({
  StatusCode: z.number(),
  FunctionError: z.string().optional(),
  Payload: z.instanceof(Uint8Array),
});
