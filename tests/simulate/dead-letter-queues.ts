import { outputOf, type Target } from '#scripts/target/target.ts';

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
