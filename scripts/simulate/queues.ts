import { GetQueueAttributesCommand, ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { outputOf, type Target } from '../target.ts';

/** URLs of all queues that hold messages, visible or not. */
export async function nonEmptyQueues(target: Target): Promise<readonly string[]> {
  const sqs = new SQSClient(target.client);
  const { QueueUrls = [] } = await sqs.send(new ListQueuesCommand({}));
  const counted = await Promise.all(
    QueueUrls.map(async (QueueUrl) => {
      const { Attributes = {} } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }));
      const counts = Object.entries(Attributes).filter(([name]) => name.startsWith('ApproximateNumberOfMessages'));
      return { QueueUrl, messages: counts.reduce((sum, [, count]) => sum + Number(count), 0) };
    }),
  );
  sqs.destroy();
  return counted.flatMap(({ QueueUrl, messages }) => (messages > 0 ? [QueueUrl] : []));
}

/** URLs of the queues in which messages stay until somebody sends them again. */
export function deadLetterQueues(target: Target): readonly string[] {
  return [
    'ProfileDeadLettersUrl',
    'LearningDeadLettersUrl',
    'SegmentsDeadLettersUrl',
    'DueSegmentsDeadLettersUrl',
    'InteractionsDeadLettersUrl',
    'RejectedInteractionsDeadLettersUrl',
    'IdentityLinksDeadLettersUrl',
    'UnpublishedChangesUrl',
  ].map((name) => outputOf(target, name));
}
