import { Duration, Validations } from 'aws-cdk-lib';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';

/** Where messages rest that could not be delivered: 14 days, the longest that SQS keeps one. */
export class DeadLetterQueue extends Queue {
  constructor(scope: Construct, id: string) {
    super(scope, id, { retentionPeriod: Duration.days(14), encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true });
    Validations.of(this).acknowledge(
      { id: 'AwsSolutions-SQS3', reason: 'It is itself a dead-letter queue.' },
      { id: 'Serverless-SQSRedrivePolicy', reason: 'It is itself a dead-letter queue.' },
    );
  }
}
