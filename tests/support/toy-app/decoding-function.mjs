import { DecodeAuthorizationMessageCommand, STSClient } from '@aws-sdk/client-sts';

const sts = new STSClient({ maxAttempts: 1 });

/** Has the request's body decoded; tells an error's name and message. */
export async function decode({ body }) {
  try {
    const { DecodedMessage } = await sts.send(new DecodeAuthorizationMessageCommand({ EncodedMessage: body }));
    return { DecodedMessage };
  } catch ({ name, message }) {
    return { name, message };
  }
}
