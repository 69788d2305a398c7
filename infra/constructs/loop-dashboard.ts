import { Dashboard, GraphWidget, type IMetric, PeriodOverride, TextWidget } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';

/** What of a stage is drawn: graphs by title, up to three in a row. */
export interface DashboardRow {
  readonly title: string;
  readonly graphs: Readonly<Record<string, readonly IMetric[]>>;
}

/**
 * One dashboard with a row for each stage of the loop. CloudWatch bills every dashboard after an account's third, and each with more
 * than 50 metrics: what an alarm watches already is drawn only where its course says more than its ringing.
 */
export class LoopDashboard extends Dashboard {
  constructor(scope: Construct, id: string, rows: readonly DashboardRow[]) {
    super(scope, id, { periodOverride: PeriodOverride.AUTO });
    for (const { title, graphs } of rows) {
      this.addWidgets(new TextWidget({ markdown: `## ${title}`, width: 24, height: 1 }));
      this.addWidgets(
        ...Object.entries(graphs).map(
          ([name, left]) => new GraphWidget({ title: name, left: [...left], width: 8, height: 6 }),
        ),
      );
    }
  }
}
