import { messagesIn, oldestMessageSeconds, streamAgeMs } from '#infra/constructs/loop-metrics.ts';
import type { Alarms } from '#infra/stages/stage.ts';
import type { ProfileStage } from './profile-stage.ts';

/** What rings when the stage is hurt. CloudWatch bills each metric of an alarm, about 0.10 USD a month. */
export const profileAlarms = ({ functions, queues }: Pick<ProfileStage, 'functions' | 'queues'>): Alarms => ({
  'profile-dead-letters': {
    metric: messagesIn(queues.profile.deadLetters),
    threshold: 0,
    impact: 'Interactions are in the lake but not in the live profiles.',
    runbook: 'profile-dead-letters',
  },
  'profile-queue-age': {
    metric: oldestMessageSeconds(queues.profile.queue),
    threshold: 900,
    impact: 'Live profiles lag a quarter of an hour or more behind what customers do.',
    runbook: 'profile-queue-age',
  },
  'unpublished-changes': {
    metric: messagesIn(queues.unpublishedChanges.deadLetters),
    threshold: 0,
    impact: 'Profiles changed and nobody was told: segment entries and merges are missed downstream.',
    runbook: 'unpublished-changes',
  },
  'stream-age': {
    metric: streamAgeMs(functions.publishCustomerChanges),
    threshold: 900_000,
    impact: 'Changes of profiles are published late; after 24 hours the stream forgets them.',
    runbook: 'stream-age',
  },
});
