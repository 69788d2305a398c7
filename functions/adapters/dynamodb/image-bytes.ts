import * as z from 'zod';

/** Bytes in an image of a stream: Lambda hands them over in base64, the SDK reads them as bytes. */
export const imageBytes = z.object({
  B: z.union([z.base64().transform((text): Uint8Array => Buffer.from(text, 'base64')), z.instanceof(Uint8Array)]),
});
