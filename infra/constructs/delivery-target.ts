import { Duration } from 'aws-cdk-lib';
import type { IRule, IRuleTarget, RuleTargetConfig } from 'aws-cdk-lib/aws-events';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { CfnDeliveryStream } from 'aws-cdk-lib/aws-kinesisfirehose';
import type { Construct } from 'constructs';
import type { DeadLetterQueue } from './dead-letter-queue.ts';

/** A Firehose stream as target of a rule, with the dead-letter queue that the target in aws-cdk-lib has no place for. */
export class DeliveryTarget implements IRuleTarget {
  private readonly scope: Construct;
  private readonly stream: CfnDeliveryStream;
  private readonly deadLetters: DeadLetterQueue;

  constructor(scope: Construct, stream: CfnDeliveryStream, deadLetters: DeadLetterQueue) {
    this.scope = scope;
    this.stream = stream;
    this.deadLetters = deadLetters;
  }

  bind(rule: IRule): RuleTargetConfig {
    const role = new Role(this.scope, 'target-role', {
      assumedBy: new ServicePrincipal('events.amazonaws.com'),
      inlinePolicies: {
        put: new PolicyDocument({
          statements: [
            new PolicyStatement({
              actions: ['firehose:PutRecord', 'firehose:PutRecordBatch'],
              resources: [this.stream.attrArn],
            }),
          ],
        }),
      },
    });
    this.deadLetters.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('events.amazonaws.com')],
        actions: ['sqs:SendMessage'],
        resources: [this.deadLetters.queueArn],
        conditions: { ArnEquals: { 'aws:SourceArn': rule.ruleArn } },
      }),
    );
    return {
      arn: this.stream.attrArn,
      role,
      deadLetterConfig: { arn: this.deadLetters.queueArn },
      retryPolicy: { maximumEventAgeInSeconds: Duration.hours(24).toSeconds() },
    };
  }
}
