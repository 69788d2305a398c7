import { dynamoDueMessages } from '#handlers/wiring/dynamo-due-messages.ts';
import { withRuntime } from '#runtime/lambda.ts';
import { QueueEvent } from '#runtime/queue.ts';

export const handler = withRuntime('send-messages', QueueEvent, () => {
  const send = dynamoDueMessages();
  // Minutes say that it is time, not what is due: that is asked for.
  return async () => {
    await send();
  };
});
