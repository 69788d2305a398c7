import { describe, expect, test } from 'vitest';
import { type Json, StageTemplates } from '#support/stage-templates.ts';

describe.each(['dev', 'staging', 'prod'])('stage %s', (stage) => {
  const templates = new StageTemplates(stage);

  test('protects the data stack, and no other, from termination', () => {
    const { data, ...others } = templates.stacks;
    expect(data.terminationProtection).toBe(true);
    expect(Object.values(others).filter(({ terminationProtection }) => terminationProtection)).toEqual([]);
  });

  test('retains tables, lake and identity key when the stack goes', () => {
    const kept = templates.resources('AWS::DynamoDB::GlobalTable', 'AWS::S3::Bucket', 'AWS::SecretsManager::Secret');
    expect(kept.map(({ deletionPolicy }) => deletionPolicy)).toEqual(kept.map(() => 'Retain'));
    const names = kept.map(({ id }) => id.replace(/[0-9A-F]{8}$/, '')).sort();
    expect(names).toEqual([
      'arrivals',
      'budgets',
      'campaigns',
      'catalogue',
      'credentials',
      'customers',
      'decisions',
      'identitykey',
      'lakebucket',
      'models',
    ]);
  });

  test('can go back in time in every table, and lets nobody delete one', () => {
    for (const { properties } of templates.resources('AWS::DynamoDB::GlobalTable')) {
      expect(properties.BillingMode).toBe('PAY_PER_REQUEST');
      for (const replica of properties.Replicas) {
        expect(replica.PointInTimeRecoverySpecification).toEqual({ PointInTimeRecoveryEnabled: true });
        expect(replica.DeletionProtectionEnabled).toBe(true);
      }
    }
  });

  test('encrypts what it stores', () => {
    for (const { properties } of templates.resources('AWS::S3::Bucket')) {
      const [rule] = properties.BucketEncryption.ServerSideEncryptionConfiguration;
      expect(rule.ServerSideEncryptionByDefault.SSEAlgorithm).toBe('AES256');
    }
    for (const { properties } of templates.resources('AWS::SQS::Queue'))
      expect(properties.SqsManagedSseEnabled).toBe(true);
    for (const { properties } of templates.resources('AWS::KinesisFirehose::DeliveryStream')) {
      expect(properties.DeliveryStreamEncryptionConfigurationInput.KeyType).toBe('AWS_OWNED_CMK');
    }
    const { ResultConfiguration } = templates.resource('AWS::Athena::WorkGroup').properties.WorkGroupConfiguration;
    expect(ResultConfiguration.EncryptionConfiguration).toEqual({ EncryptionOption: 'SSE_S3' });
  });

  test('keeps logs for a stated time', () => {
    const days = templates.resources('AWS::Logs::LogGroup').map(({ properties }) => properties.RetentionInDays);
    expect(new Set(days)).toEqual(new Set([templates.config.logRetention]));
  });

  test('expires query results in a week, and interactions, decisions and dispositions at the end of the retention', () => {
    const rules = templates.resource('AWS::S3::Bucket').properties.LifecycleConfiguration.Rules;
    const days = Object.fromEntries(rules.map((rule: Json) => [rule.Prefix, rule.ExpirationInDays]));
    expect(days).toMatchObject({
      'athena-results/': 7,
      'errors/': 90,
      'interactions/': templates.config.lakeRetentionDays,
      'decisions/': templates.config.lakeRetentionDays,
      'dispositions/': templates.config.lakeRetentionDays,
    });
  });

  test('keeps old versions of the lake’s objects for two weeks, under every prefix, and no longer', () => {
    const { properties } = templates.resource('AWS::S3::Bucket');
    expect(properties.VersioningConfiguration).toEqual({ Status: 'Enabled' });
    const forgetting = properties.LifecycleConfiguration.Rules.filter(
      (rule: Json) => rule.NoncurrentVersionExpiration !== undefined,
    );
    expect(forgetting).toEqual([
      {
        Id: 'forget-old-versions',
        Status: 'Enabled',
        NoncurrentVersionExpiration: { NoncurrentDays: 14 },
        ExpiredObjectDeleteMarker: true,
      },
    ]);
  });

  test('keeps no archive of the bus', () => {
    expect(templates.resourcesIfAny('AWS::Events::Archive')).toEqual([]);
  });

  test('names the stacks after the stage and nothing else but what analysts type', () => {
    const names = Object.values(templates.stacks).map(({ stackName }) => stackName);
    expect(names).toEqual(
      ['Data', 'Loop', 'Campaigns', 'Api', 'Observability', 'Access'].map((part) => `Lemniscate-${stage}-${part}`),
    );
    const physical = [
      'TableName',
      'BucketName',
      'QueueName',
      'FunctionName',
      'RoleName',
      'TopicName',
      'AlarmName',
      'LogGroupName',
      'DeliveryStreamName',
      'DashboardName',
    ];
    const made = templates
      .resources()
      .filter(({ type }) => type !== 'AWS::Lambda::Permission' && type !== 'AWS::Lambda::EventSourceMapping')
      .flatMap(({ id, properties }) =>
        physical.filter((name) => typeof properties[name] === 'string').map((name) => `${id}.${name}`),
      );
    expect(made).toEqual([]);
    expect(templates.resource('AWS::Athena::WorkGroup').properties.Name).toBe(`lemniscate-${stage}`);
    expect(templates.resource('AWS::Glue::Database').properties.DatabaseInput.Name).toBe(`lemniscate_${stage}`);
  });
});
