import { Duration } from 'aws-cdk-lib';
import { EventBus } from 'aws-cdk-lib/aws-events';
import type { Construct } from 'constructs';
import { busSource } from '#contracts/bus/bus-event.ts';

/** The bus that joins the stages of the loop, with an archive to replay from if the stage keeps one. */
export class LoopBus extends EventBus {
  constructor(scope: Construct, id: string, props: { readonly archiveDays: number }) {
    super(scope, id, { description: 'Events of the loop, in the past tense' });
    if (props.archiveDays === 0) return;
    this.archive('archive', {
      description: 'Everything the loop said, to replay after a fault',
      eventPattern: { source: [busSource] },
      retention: Duration.days(props.archiveDays),
    });
  }
}
