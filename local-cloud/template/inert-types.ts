import type { Resource, ResourceContext } from '#local-cloud/cloud/service.ts';

/** Resource types that are accepted and do nothing here, each with the reason. */
export const inertTypes = {
  'AWS::CDK::Metadata': 'tells AWS which CDK made the stack',
  'AWS::ApiGatewayV2::ApiMapping': 'custom domains have no use on 127.0.0.1',
  'AWS::ApiGatewayV2::DomainName': 'custom domains have no use on 127.0.0.1',
  'AWS::CloudWatch::Alarm': 'nobody is woken by a local cloud',
  'AWS::CloudWatch::CompositeAlarm': 'nobody is woken by a local cloud',
  'AWS::CloudWatch::Dashboard': 'metrics are not kept here',
  'AWS::Logs::LogGroup': 'logs go to files in the state directory',
  'AWS::Logs::LogStream': 'logs go to files in the state directory',
  'AWS::Logs::MetricFilter': 'metrics are not kept here',
  'AWS::Logs::QueryDefinition': 'saved console queries',
  'AWS::Logs::ResourcePolicy': 'only lets AWS services write logs',
  'AWS::SNS::Topic': 'only alarms publish to topics',
  'AWS::SNS::TopicPolicy': 'only alarms publish to topics',
  'AWS::SNS::Subscription': 'only alarms publish to topics',
  'AWS::S3::BucketPolicy': 'its only statements deny calls without TLS, and local calls count as secure',
} as const satisfies Readonly<Record<string, string>>;

/** A stand-in that other resources may refer to: a name, and an ARN of its service. */
export function inertResource(type: string, context: ResourceContext): Resource {
  const [, service = '', kind = ''] = type.split('::');
  const name = context.physicalName();
  const prefix = `arn:aws:${service.toLowerCase()}:${context.region}:${context.account}`;
  const arn = kind === 'LogGroup' ? `${prefix}:log-group:${name}:*` : `${prefix}:${kind.toLowerCase()}/${name}`;
  const domain = { RegionalDomainName: `${name}.invalid`, RegionalHostedZoneId: 'Z0000000000000' };
  return { ref: service === 'SNS' ? arn : name, attributes: { Arn: arn, TopicArn: arn, LogGroupArn: arn, ...domain } };
}
