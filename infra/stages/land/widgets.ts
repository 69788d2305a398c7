import type { DashboardRow } from '#infra/constructs/loop-dashboard.ts';
import { deliveryMetric, failuresOf } from '#infra/constructs/loop-metrics.ts';
import type { LandStage } from './land-stage.ts';

/** What is drawn of the stage. */
export const landWidgets = ({
  functions,
  queues: { deliveries },
}: Pick<LandStage, 'functions' | 'queues'>): readonly DashboardRow[] => [
  {
    title: 'Land',
    graphs: {
      // Of the tables that most events go to: a free dashboard has room for 50 metrics.
      'Records in': drawn(deliveries)
        .filter(({ isDaily }) => isDaily)
        .map(({ streamName }) => deliveryMetric(streamName, 'IncomingRecords')),
      'Age of the newest row, s': drawn(deliveries).map(({ streamName }) =>
        deliveryMetric(streamName, 'DeliveryToS3.DataFreshness', 'Maximum'),
      ),
      'Not landed': [
        ...drawn(deliveries).map(({ streamName }) => deliveryMetric(streamName, 'FailedConversion.Records')),
        failuresOf(functions.landEvents, 'land-events failed'),
      ],
    },
  },
];

/** What campaigns do comes in runs, and each run says itself whether it adds up; alarms watch their deliveries as all others. */
const drawn = (deliveries: LandStage['queues']['deliveries']) =>
  deliveries.filter(({ tableName }) => tableName !== 'contacts' && tableName !== 'campaign_runs');
