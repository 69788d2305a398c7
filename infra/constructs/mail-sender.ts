import { Stack } from 'aws-cdk-lib';
import { CfnConfigurationSet, CfnConfigurationSetEventDestination } from 'aws-cdk-lib/aws-ses';
import { Construct } from 'constructs';
import { sesEventTypes } from '#contracts/wire/ses-event.ts';

/**
 * How mails are sent: a configuration set of SES that tells the account's default bus what becomes of each, the only bus that SES tells
 * (https://docs.aws.amazon.com/ses/latest/dg/monitoring-eventbridge.html). The identity that mails come from is the firm's to verify.
 */
export class MailSender extends Construct {
  readonly from: string | undefined;
  readonly configurationSet: string;
  /** ARNs that `ses:SendEmail` is asked for. */
  readonly arns: readonly string[];

  constructor(scope: Construct, id: string, from: string | undefined) {
    super(scope, id);
    this.from = from;
    const stack = Stack.of(this);
    const set = new CfnConfigurationSet(this, 'set', {
      // What bounced or complained SES keeps from going out as well, should anything here forget it.
      suppressionOptions: { suppressedReasons: ['BOUNCE'] },
    });
    new CfnConfigurationSetEventDestination(this, 'events', {
      configurationSetName: set.ref,
      eventDestination: {
        enabled: true,
        matchingEventTypes: Object.keys(sesEventTypes),
        eventBridgeDestination: {
          eventBusArn: stack.formatArn({ service: 'events', resource: 'event-bus', resourceName: 'default' }),
        },
      },
    });
    this.configurationSet = set.ref;
    const arnOf = (resource: string, resourceName: string) =>
      stack.formatArn({ service: 'ses', resource, resourceName });
    const identities = from === undefined ? [] : [arnOf('identity', from.split('@')[1] ?? from)];
    this.arns = [...identities, arnOf('configuration-set', set.ref)];
  }
}
