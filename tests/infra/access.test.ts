import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { grantsOf } from '#support/grants-of.ts';
import { type Json, StageTemplates } from '#support/stage-templates.ts';

const templates = new StageTemplates();
const analyst = grantsOf(templates, 'analyst');
const operator = grantsOf(templates, 'operator');
const all = (service: string, actions: string, ...resources: string[]) =>
  actions.split(' ').flatMap((action) => resources.map((to) => `${service}:${action} ${to}`));

const views = [
  'campaign_runs',
  'catalogue',
  'consents',
  'contact_pressure',
  'customer_traits',
  'customers',
  'customers_identity',
  'decisions',
  'dispositions',
  'interactions',
  'kpis',
  'orders',
  'segment_membership',
  'treatment_performance',
];
const tables = [
  'campaign_runs',
  'catalogue_changes',
  'contacts',
  'decisions',
  'dispositions',
  'identity_links',
  'interactions',
  'rejected_interactions',
  'segment_changes',
];

/** Asking about some tables and views in the stage's workgroup. */
const asks = (...names: readonly string[]) => [
  ...all('athena', 'GetQueryExecution GetQueryResults StartQueryExecution', 'workgroup/lemniscate-dev'),
  ...all('glue', 'GetDatabase GetTable', 'catalog', ...names.map((name) => `table/lemniscate_dev/${name}`)),
  ...all('glue', 'GetDatabase GetTable', 'database/lemniscate_dev'),
  'glue:GetDatabase database/default',
  ...all('s3', 'GetBucketLocation ListBucket', 'lakebucket.Arn'),
  ...all('s3', 'AbortMultipartUpload GetObject PutObject', 'lakebucket.Arn/athena-results/*'),
  ...names.filter((name) => !name.startsWith('v_')).map((name) => `s3:GetObject lakebucket.Arn/${name}/*`),
];
const finds = [
  'cloudformation:DescribeStacks Lemniscate-dev-Data',
  'cloudformation:DescribeStacks Lemniscate-dev-Loop',
  'cloudformation:DescribeStacks Lemniscate-dev-Campaigns',
  'cloudformation:DescribeStacks Lemniscate-dev-Api',
];
const everything = [...tables, ...views.map((view) => `v_${view}`)];

test('lets an analyst ask every table and view, read their objects and results, and nothing else', () => {
  expect(analyst).toEqual(
    [
      ...finds,
      ...asks(...everything),
      ...all('athena', 'GetWorkGroup ListQueryExecutions StopQueryExecution', 'workgroup/lemniscate-dev'),
      ...all('glue', 'GetDatabases GetTables', 'catalog', 'database/lemniscate_dev'),
      ...all('glue', 'GetDatabases GetTables', ...everything.map((name) => `table/lemniscate_dev/${name}`)),
    ].sort(),
  );
});

const routes = [
  'campaignbegunruns',
  'dispatchduemessages',
  'sendmailevents',
  'respondderiveddispositions',
  'learnlearning',
  'profile',
  'segments',
];
const landed = [
  'landlandcampaignruns',
  'landlandcataloguechanges',
  'landlandcontacts',
  'landlanddecisions',
  'landlanddispositions',
  'landlandidentitylinks',
  'landlandinteractions',
  'landlandrejectedinteractions',
  'landlandsegmentchanges',
];
const deadLetters = [...routes, 'land'].map((each) => `${each}deadletters.Arn`);

test('lets an operator watch the stage and run its scripts, and nothing else', () => {
  expect(operator).toEqual(
    [
      ...finds,
      ...asks('identity_links', 'interactions', 'rejected_interactions', 'v_customers_identity', 'v_interactions'),
      ...all('logs', 'DescribeLogStreams FilterLogEvents StartQuery', '* of lemniscate/dev'),
      ...all('logs', 'DescribeLogGroups GetQueryResults StopQuery', '*'),
      ...all(
        'cloudwatch',
        'DescribeAlarms GetDashboard GetMetricData GetMetricStatistics ListDashboards ListMetrics',
        '*',
      ),
      ...all(
        'sqs',
        'DeleteMessage GetQueueAttributes ReceiveMessage',
        ...[
          ...deadLetters,
          'profileunpublishedchanges.Arn',
          'decideunpublisheddecisions.Arn',
          'campaignunpublishedcontacts.Arn',
        ],
      ),
      ...all('sqs', 'SendMessage', ...routes.map((each) => `${each}queue.Arn`)),
      ...all('firehose', 'PutRecordBatch', ...landed.map((each) => `${each}stream.Arn`)),
      ...all(
        'dynamodb',
        'GetRecords GetShardIterator',
        'campaigns.StreamArn',
        'customers.StreamArn',
        'decisions.StreamArn',
      ),
      ...all('dynamodb', 'BatchGetItem GetItem PutItem Scan', 'customers.Arn'),
      ...all('dynamodb', 'GetItem PutItem Scan UpdateItem', 'credentials.Arn'),
      'dynamodb:Scan models.Arn',
      'events:PutEvents bus.Arn',
      ...all('s3', 'DeleteObject GetObject', 'lakebucket.Arn/errors/*'),
      'secretsmanager:GetSecretValue identitykey',
      ...all('ssm', 'GetParameter PutParameter', 'parameter/lemniscate/dev/sealing-key'),
    ].sort(),
  );
});

describe.each(['analyst', 'operator'])('the role of %s', (name) => {
  const role = templates.resource('AWS::IAM::Role', name);

  test('is taken by people of the account whom IAM lets, and by nobody else', () => {
    const [statement, ...others] = role.properties.AssumeRolePolicyDocument.Statement;
    expect(others).toEqual([]);
    expect([statement.Effect, statement.Action]).toEqual(['Allow', 'sts:AssumeRole']);
    expect(templates.text(statement.Principal.AWS)).toBe('arn:AWS::Partition:iam::AWS::AccountId:root');
  });

  test('is told by its stack, and has a name that a second region does not take again', () => {
    expect(role.properties.RoleName).toBeUndefined();
    const { Outputs } = Template.fromStack(templates.stacks.access).toJSON();
    const told = Object.values<Json>(Outputs).map(({ Value }) => templates.text(Value));
    expect(told).toContain(`${role.id}.Arn`);
  });

  test('fits into one inline policy, of 10,240 signs at most; for the operator one of its own takes the rest', () => {
    const policies = templates
      .resourcesIfAny('AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy')
      .filter(({ id }) => id.startsWith(name));
    const overflow = name === 'operator' ? ['AWS::IAM::ManagedPolicy'] : [];
    expect(policies.map(({ type }) => type)).toEqual(['AWS::IAM::Policy', ...overflow]);
  });
});
