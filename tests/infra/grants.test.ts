import { describe, expect, test } from 'vitest';
import { functionId } from '#support/function-id.ts';
import { grantsOf as everyGrantOf } from '#support/grants-of.ts';
import { type Json, StageTemplates } from '#support/stage-templates.ts';

const templates = new StageTemplates();

/** What a role may do, log and trace permissions of functions left out. */
const grantsOf = (roleId: string) =>
  everyGrantOf(templates, roleId).filter((grant) => !grant.startsWith('xray:') && !grant.startsWith('logs:'));

const queue = (name: string) =>
  ['DeleteMessage', 'GetQueueAttributes', 'ReceiveMessage'].map((action) => `sqs:${action} ${name}.Arn`);
const identityKey = 'secretsmanager:GetSecretValue identitykey';

/** What decides reads customers, catalogue, models and budgets, and writes ledgers, records and leases. */
const decides = [
  'dynamodb:BatchGetItem budgets.Arn',
  'dynamodb:BatchGetItem customers.Arn',
  'dynamodb:BatchGetItem decisions.Arn',
  'dynamodb:BatchGetItem models.Arn',
  'dynamodb:GetItem budgets.Arn',
  'dynamodb:GetItem catalogue.Arn',
  'dynamodb:PutItem customers.Arn',
  'dynamodb:PutItem decisions.Arn',
  'dynamodb:Query catalogue.Arn',
  'dynamodb:Query customers.Arn',
  'dynamodb:Query decisions.Arn',
  'dynamodb:UpdateItem budgets.Arn',
];

describe('grants exactly', () => {
  test.each<[string, string[]]>([
    ['authorize-touchpoint', ['dynamodb:GetItem credentials.Arn']],
    [
      'collect-interactions',
      ['dynamodb:GetItem credentials.Arn', 'dynamodb:UpdateItem arrivals.Arn', 'events:PutEvents bus.Arn', identityKey],
    ],
    [
      'read-rejections',
      [
        'athena:GetQueryExecution workgroup/lemniscate-dev',
        'athena:GetQueryResults workgroup/lemniscate-dev',
        'athena:StartQueryExecution workgroup/lemniscate-dev',
        ...['GetDatabase', 'GetTable'].flatMap((action) => [
          `glue:${action} catalog`,
          ...(action === 'GetDatabase' ? ['glue:GetDatabase database/default'] : []),
          `glue:${action} database/lemniscate_dev`,
          `glue:${action} table/lemniscate_dev/rejected_interactions`,
        ]),
        's3:AbortMultipartUpload lakebucket.Arn/athena-results/*',
        's3:GetBucketLocation lakebucket.Arn',
        's3:GetObject lakebucket.Arn/athena-results/*',
        's3:GetObject lakebucket.Arn/rejected_interactions/*',
        's3:ListBucket lakebucket.Arn',
        's3:PutObject lakebucket.Arn/athena-results/*',
      ],
    ],
    ['land-events', []],
    [
      'update-profile',
      [
        'dynamodb:BatchGetItem customers.Arn',
        'dynamodb:GetItem catalogue.Arn',
        'dynamodb:GetItem customers.Arn',
        'dynamodb:PutItem customers.Arn',
        'dynamodb:Query catalogue.Arn',
        ...queue('profilequeue'),
      ],
    ],
    [
      'publish-customer-changes',
      [
        'dynamodb:DescribeStream customers.StreamArn',
        'dynamodb:GetRecords customers.StreamArn',
        'dynamodb:GetShardIterator customers.StreamArn',
        'dynamodb:ListStreams customers.StreamArn',
        'events:PutEvents bus.Arn',
        'sqs:SendMessage profileunpublishedchanges.Arn',
      ],
    ],
    [
      'refresh-segments',
      [
        'dynamodb:BatchGetItem customers.Arn',
        'dynamodb:DeleteItem customers.Arn',
        'dynamodb:GetItem catalogue.Arn',
        'dynamodb:GetItem customers.Arn',
        'dynamodb:PutItem customers.Arn',
        'dynamodb:Query catalogue.Arn',
        'dynamodb:Query customers.Arn',
        'events:PutEvents bus.Arn',
        ...queue('segmentsqueue'),
      ],
    ],
    [
      'make-decision',
      [...decides, 'dynamodb:GetItem credentials.Arn', 'dynamodb:UpdateItem arrivals.Arn', identityKey].sort(),
    ],
    ['decide-batch', [...decides, identityKey].sort()],
    ['replay-decision', ['dynamodb:Query decisions.Arn']],
    [
      'publish-decisions',
      [
        'dynamodb:DescribeStream decisions.StreamArn',
        'dynamodb:GetRecords decisions.StreamArn',
        'dynamodb:GetShardIterator decisions.StreamArn',
        'dynamodb:ListStreams decisions.StreamArn',
        'events:PutEvents bus.Arn',
        'sqs:SendMessage decideunpublisheddecisions.Arn',
      ],
    ],
    [
      'capture-disposition',
      [
        'dynamodb:PutItem decisions.Arn',
        'dynamodb:Query decisions.Arn',
        'dynamodb:UpdateItem arrivals.Arn',
        'events:PutEvents bus.Arn',
      ],
    ],
    [
      'send-messages',
      [
        'dynamodb:BatchGetItem customers.Arn',
        'dynamodb:GetItem campaigns.Arn',
        'dynamodb:GetItem catalogue.Arn',
        'dynamodb:PutItem campaigns.Arn',
        'dynamodb:PutItem decisions.Arn',
        'dynamodb:Query campaigns.Arn',
        'dynamodb:Query campaigns.Arn/index/due',
        'dynamodb:Query catalogue.Arn',
        'dynamodb:Query customers.Arn',
        'dynamodb:Query decisions.Arn',
        'dynamodb:UpdateItem campaigns.Arn',
        'events:PutEvents bus.Arn',
        identityKey,
        'ses:SendEmail configuration-set/sendmailset',
        'ses:SendEmail identity/example.com',
        ...queue('dispatchduemessagesqueue'),
      ],
    ],
    [
      'capture-mail-events',
      [
        'dynamodb:GetItem campaigns.Arn',
        'dynamodb:PutItem campaigns.Arn',
        'dynamodb:UpdateItem campaigns.Arn',
        'events:PutEvents bus.Arn',
        identityKey,
        ...queue('sendmaileventsqueue'),
      ],
    ],
    [
      'unsubscribe',
      ['dynamodb:PutItem decisions.Arn', 'dynamodb:Query decisions.Arn', 'events:PutEvents bus.Arn', identityKey],
    ],
    ['change-sending', ['dynamodb:GetItem campaigns.Arn', 'dynamodb:PutItem campaigns.Arn']],
    [
      'test-send',
      [
        'dynamodb:BatchGetItem customers.Arn',
        'dynamodb:GetItem catalogue.Arn',
        'dynamodb:Query catalogue.Arn',
        'dynamodb:Query customers.Arn',
        identityKey,
        'ses:SendEmail configuration-set/sendmailset',
        'ses:SendEmail identity/example.com',
      ],
    ],
    [
      'derive-dispositions',
      [
        'dynamodb:PutItem decisions.Arn',
        'dynamodb:Query decisions.Arn',
        'events:PutEvents bus.Arn',
        ...queue('respondderiveddispositionsqueue'),
      ],
    ],
    ['read-customer', ['dynamodb:BatchGetItem customers.Arn', identityKey]],
    ['change-consents', ['dynamodb:UpdateItem arrivals.Arn', 'events:PutEvents bus.Arn', identityKey]],
    ['read-identities', ['dynamodb:BatchGetItem customers.Arn', identityKey]],
    ['unmerge-customer', ['dynamodb:BatchGetItem customers.Arn', 'dynamodb:PutItem customers.Arn', identityKey]],
    [
      'read-timeline',
      [
        'athena:GetQueryExecution workgroup/lemniscate-dev',
        'athena:GetQueryResults workgroup/lemniscate-dev',
        'athena:StartQueryExecution workgroup/lemniscate-dev',
        'dynamodb:BatchGetItem customers.Arn',
        'dynamodb:BatchGetItem decisions.Arn',
        'dynamodb:Query customers.Arn',
        ...['GetDatabase', 'GetTable'].flatMap((action) => [
          `glue:${action} catalog`,
          ...(action === 'GetDatabase' ? ['glue:GetDatabase database/default'] : []),
          `glue:${action} database/lemniscate_dev`,
          `glue:${action} table/lemniscate_dev/decisions`,
          `glue:${action} table/lemniscate_dev/identity_links`,
          `glue:${action} table/lemniscate_dev/interactions`,
          `glue:${action} table/lemniscate_dev/v_customers_identity`,
          `glue:${action} table/lemniscate_dev/v_interactions`,
        ]),
        's3:AbortMultipartUpload lakebucket.Arn/athena-results/*',
        's3:GetBucketLocation lakebucket.Arn',
        's3:GetObject lakebucket.Arn/athena-results/*',
        's3:GetObject lakebucket.Arn/decisions/*',
        's3:GetObject lakebucket.Arn/identity_links/*',
        's3:GetObject lakebucket.Arn/interactions/*',
        's3:ListBucket lakebucket.Arn',
        's3:PutObject lakebucket.Arn/athena-results/*',
        identityKey,
      ],
    ],
    ['read-catalogue', ['dynamodb:GetItem catalogue.Arn', 'dynamodb:Query catalogue.Arn']],
    [
      'write-catalogue',
      [
        'dynamodb:DeleteItem catalogue.Arn',
        'dynamodb:GetItem catalogue.Arn',
        'dynamodb:PutItem catalogue.Arn',
        'dynamodb:Query catalogue.Arn',
        'events:PutEvents bus.Arn',
      ],
    ],
    [
      'learn-from-dispositions',
      [
        'dynamodb:BatchGetItem models.Arn',
        'dynamodb:DeleteItem models.Arn',
        'dynamodb:PutItem models.Arn',
        'dynamodb:Query models.Arn',
        'events:PutEvents bus.Arn',
        ...queue('learnlearningqueue'),
      ],
    ],
    ['describe-api', []],
  ])('%s what it needs', (name, grants) => {
    expect(grantsOf(`${functionId(name)}role`)).toEqual(grants);
  });

  test.each([
    'interactions',
    'rejected_interactions',
    'identity_links',
    'decisions',
    'dispositions',
    'segment_changes',
    'catalogue_changes',
  ])('the delivery of %s what Firehose needs for one table', (table) => {
    const lake = 'lakebucket.Arn';
    const objects = [`${lake}/errors/${table}/*`, `${lake}/${table}/*`];
    expect(grantsOf(`landland${table.replace('_', '')}role`)).toEqual(
      [
        ...['GetTable', 'GetTableVersion', 'GetTableVersions'].flatMap((action) => [
          `glue:${action} catalog`,
          `glue:${action} database/lemniscate_dev`,
          `glue:${action} table/lemniscate_dev/${table}`,
        ]),
        'lambda:GetFunctionConfiguration landlandevents.Arn',
        'lambda:InvokeFunction landlandevents.Arn',
        ...['GetBucketLocation', 'ListBucket', 'ListBucketMultipartUploads'].map((action) => `s3:${action} ${lake}`),
        ...['AbortMultipartUpload', 'GetObject', 'PutObject'].flatMap((action) =>
          objects.map((to) => `s3:${action} ${to}`),
        ),
      ].sort(),
    );
  });
});

test('lets no function read what opens refused events, nor write what they are sealed for', () => {
  const functions = templates.resources('AWS::Lambda::Function').map(({ id }) => id.replace(/[0-9A-F]{8}$/, ''));
  expect(functions).toContain('collectcollectinteractions');
  const grants = functions.flatMap((id) => everyGrantOf(templates, `${id}role`));
  expect(grants.filter((grant) => /^ssm:|^kms:/.test(grant))).toEqual([]);
  expect(
    grants.filter((grant) => grant.endsWith(' credentials.Arn') && !grant.startsWith('dynamodb:GetItem ')),
  ).toEqual([]);
});

test('grants nothing on every resource but the reading of logs and metrics to operators, and logs and traces to workflows', () => {
  const onEverything = templates
    .resources('AWS::IAM::Policy')
    .filter(({ id }) => !id.startsWith('operator'))
    .flatMap(({ properties }) => properties.PolicyDocument.Statement)
    .filter(({ Resource }: Json) => [Resource].flat().includes('*'))
    .flatMap(({ Action }: Json) => Action)
    .filter((action: string) => !/^(logs:.*(LogDeliver|ResourcePolic|LogGroups)|xray:Put)/.test(action));
  expect(onEverything).toEqual([]);
});

test('names every action in full', () => {
  const actions = templates
    .resources('AWS::IAM::Policy', 'AWS::IAM::Role')
    .flatMap(({ properties }) => [
      properties.PolicyDocument,
      ...(properties.Policies ?? []).map((each: Json) => each.PolicyDocument),
    ])
    .flatMap((document) => document?.Statement ?? [])
    .flatMap(({ Action }: Json) => Action);
  expect(actions.filter((action: string) => action.includes('*'))).toEqual([]);
});
