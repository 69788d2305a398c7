import type { DashboardRow } from '#infra/constructs/loop-dashboard.ts';
import { durationOf, messagesIn, oldestMessageSeconds, streamAgeMs } from '#infra/constructs/loop-metrics.ts';
import type { ProfileStage } from './profile-stage.ts';

/** What is drawn of the stage. */
export const profileWidgets = ({
  functions,
  queues,
}: Pick<ProfileStage, 'functions' | 'queues'>): readonly DashboardRow[] => [
  {
    title: 'Profile',
    graphs: {
      Queue: [messagesIn(queues.profile.queue, 'waiting'), messagesIn(queues.profile.deadLetters, 'dead letters')],
      'Oldest message, s': [oldestMessageSeconds(queues.profile.queue)],
      'update-profile: p99, ms': [durationOf(functions.updateProfile)],
    },
  },
  {
    title: 'Publish',
    graphs: {
      'Age of the stream, ms': [streamAgeMs(functions.publishCustomerChanges)],
      'Unpublished changes': [messagesIn(queues.unpublishedChanges.deadLetters)],
      'publish-customer-changes: p99, ms': [durationOf(functions.publishCustomerChanges)],
    },
  },
  {
    title: 'Read',
    graphs: { 'Functions: p99, ms': [durationOf(functions.readCustomer), durationOf(functions.readTimeline)] },
  },
];
