import * as z from 'zod';
import type { Operation } from '#local-cloud/cloud/service.ts';
import { stsError } from './errors.ts';

const decodeInput = z.object({ EncodedMessage: z.base64().min(1) });

/** Reads what a denial was encoded in; here that is base64 and no secret. */
export const messageOperations: Readonly<Record<string, Operation>> = {
  DecodeAuthorizationMessage: {
    permissions: () => [{ action: 'sts:DecodeAuthorizationMessage', resources: ['*'] }],
    async run(input) {
      const asked = decodeInput.safeParse(input);
      if (!asked.success) throw stsError('InvalidAuthorizationMessageException', 'The message is not encoded');
      return { DecodedMessage: Buffer.from(asked.data.EncodedMessage, 'base64').toString() };
    },
  },
};
