import { DeleteMessageBatchCommand, type Message, ReceiveMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';

/** Sends the bodies of dead letters where they belong; all of them or it throws. */
export type SendDeadLetters = (bodies: readonly string[]) => Promise<void>;

/** Empties a dead-letter queue: receive, send, and only then delete. Gives the number of messages sent. */
export async function drain(
  sqs: SQSClient,
  QueueUrl: string,
  send: SendDeadLetters,
  onProgress: (done: number) => void,
): Promise<number> {
  for (let done = 0; ; ) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 120, WaitTimeSeconds: 1 }),
    );
    if (Messages.length === 0) return done;
    await send(Messages.map(({ Body = '' }) => Body));
    await remove(sqs, QueueUrl, Messages);
    done += Messages.length;
    onProgress(done);
  }
}

async function remove(sqs: SQSClient, QueueUrl: string, messages: readonly Message[]): Promise<void> {
  const Entries = messages.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
  const { Failed = [] } = await sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));
  if (Failed.length > 0)
    throw new Error(`${Failed.length} messages were sent but not deleted: ${Failed[0]?.Message}; run it again`);
}
