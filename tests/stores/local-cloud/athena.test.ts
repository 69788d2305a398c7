import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask, type LocalLake, startEventLake } from '#support/local-lake.ts';

let lake: LocalLake;

/** Puts rows into the table's partition of a day, as Parquet that a stream delivered. */
async function land(day: string, rows: readonly Record<string, unknown>[]): Promise<void> {
  const clock = lake.context.clock;
  const before = clock.nowMs;
  clock.nowMs = Date.parse(`${day}T12:00:00Z`);
  await lake.call('firehose', 'PutRecord', {
    DeliveryStreamName: 'events',
    Record: { Data: Buffer.from(rows.map((row) => JSON.stringify(row)).join('')).toString('base64') },
  });
  await lake.services.firehose.flush?.();
  clock.nowMs = before;
}

beforeAll(async () => {
  lake = await startEventLake();
  const roleArn = await lake.role(
    'Delivery',
    { Action: ['s3:PutObject'], Resource: ['arn:aws:s3:::lake/*'] },
    { Action: ['glue:GetTableVersions'], Resource: ['*'] },
  );
  await lake.make(lake.services.firehose, 'AWS::KinesisFirehose::DeliveryStream', 'Events', {
    DeliveryStreamName: 'events',
    ExtendedS3DestinationConfiguration: {
      BucketARN: 'arn:aws:s3:::lake',
      RoleARN: roleArn,
      Prefix: 'events/dt=!{timestamp:yyyy-MM-dd}/',
      DataFormatConversionConfiguration: {
        InputFormatConfiguration: { Deserializer: { OpenXJsonSerDe: {} } },
        OutputFormatConfiguration: { Serializer: { ParquetSerDe: {} } },
        SchemaConfiguration: { DatabaseName: 'db', TableName: 'events', RoleARN: roleArn },
      },
    },
  });
});
afterAll(() => lake.stop());

describe('before anything has landed', () => {
  test('a table is empty and has its columns with their types', async () => {
    const answer = await ask(lake, 'SELECT * FROM events');
    expect(answer.rows).toEqual([]);
    expect(answer.columns).toEqual(['message_id', 'revenue_minor', 'score', 'known', 'at', 'product_ids', 'dt']);
    expect(answer.types).toEqual(['varchar', 'bigint', 'double', 'boolean', 'timestamp', 'array', 'varchar']);
    expect(answer.scannedBytes).toBe(0);
  });
});

describe('over two days of Parquet', () => {
  beforeAll(async () => {
    await land('2025-12-30', [
      { message_id: 'a', revenue_minor: 1999, product_ids: ['p1', 'p2'] },
      { message_id: 'say "hi", ok', at: '2025-12-30T10:00:00.500Z' },
    ]);
    await land('2025-12-31', [{ message_id: '', revenue_minor: 1, score: 12345678 }]);
  });

  test('sums, divides and groups as Trino does', async () => {
    const { rows } = await ask(
      lake,
      'SELECT dt, count(*), sum(revenue_minor), sum(revenue_minor) / 100.0, sum(revenue_minor) / 100 FROM db.events GROUP BY dt ORDER BY dt',
    );
    expect(rows).toEqual([
      ['2025-12-30', '2', '1999', '20.0', '19'],
      ['2025-12-31', '1', '1', '0.0', '0'],
    ]);
  });

  test('unfolds an array column', async () => {
    const { rows } = await ask(
      lake,
      'SELECT message_id, p, n FROM events CROSS JOIN UNNEST(product_ids) WITH ORDINALITY AS u(p, n) ORDER BY n',
    );
    expect(rows).toEqual([
      ['a', 'p1', '1'],
      ['a', 'p2', '2'],
    ]);
  });

  test('names columns without a name by their place', async () => {
    const { columns } = await ask(lake, 'SELECT count(*), max(dt) AS Latest, 1 + 1 FROM events');
    expect(columns).toEqual(['_col0', 'Latest', '_col2']);
  });

  test('scans only the partitions that the query names', async () => {
    const [first, second, both] = await Promise.all([
      ask(lake, "SELECT * FROM events WHERE dt = '2025-12-30'"),
      ask(lake, "SELECT * FROM events WHERE dt > '2025-12-30'"),
      ask(lake, 'SELECT * FROM events'),
    ]);
    expect(first.scannedBytes).toBeGreaterThan(0);
    expect(first.scannedBytes + second.scannedBytes).toBe(both.scannedBytes);
  });

  test('does not see a day outside of the projected range', async () => {
    await land('2019-12-31', [{ message_id: 'too old' }]);
    const { rows } = await ask(lake, "SELECT count(*) FROM events WHERE message_id = 'too old'");
    expect(rows).toEqual([['0']]);
  });

  test('cancels a query that would scan more than the workgroup allows', async () => {
    await lake.make(lake.services.athena, 'AWS::Athena::WorkGroup', 'Thrifty', {
      Name: 'thrifty',
      WorkGroupConfiguration: {
        BytesScannedCutoffPerQuery: 10,
        ResultConfiguration: { OutputLocation: 's3://lake/athena-results/' },
      },
    });
    const { state, reason } = await ask(lake, 'SELECT * FROM events', { WorkGroup: 'thrifty' });
    expect([state, reason]).toEqual(['CANCELLED', expect.stringContaining('Bytes scanned limit was exceeded')]);
  });

  test('writes the result as CSV in which NULL is nothing and an empty text is quoted', async () => {
    const { id } = await ask(lake, 'SELECT message_id, score, known FROM events ORDER BY message_id');
    const { Body } = await lake.call('s3', 'GetObject', { Bucket: 'lake', Key: `athena-results/${id}.csv` });
    expect(Buffer.from(Body as Uint8Array).toString()).toBe(
      '"message_id","score","known"\n"","1.2345678E7",\n"a",,\n"say ""hi"", ok",,\n',
    );
  });

  test('pages results, header included', async () => {
    const { id } = await ask(lake, 'SELECT message_id FROM events ORDER BY message_id');
    const page = async (NextToken?: string) =>
      (await lake.call('athena', 'GetQueryResults', {
        QueryExecutionId: id,
        MaxResults: 3,
        ...(NextToken === undefined ? {} : { NextToken }),
      })) as { ResultSet: { Rows: { Data: { VarCharValue: string }[] }[] }; NextToken?: string };
    const first = await page();
    const second = await page(first.NextToken);
    const texts = [first, second].map(({ ResultSet }) => ResultSet.Rows.map(({ Data }) => Data[0]?.VarCharValue));
    expect(texts).toEqual([['message_id', '', 'a'], ['say "hi", ok']]);
    expect(second.NextToken).toBeUndefined();
  });

  test('fills execution parameters in as literals', async () => {
    const { rows } = await ask(lake, "SELECT message_id, '?' FROM events WHERE message_id IN (?, ?) -- why?", {
      ExecutionParameters: ["'a'", "'it''s'"],
    });
    expect(rows).toEqual([['a', '?']]);
  });

  test('refuses a wrong number of execution parameters', async () => {
    const { reason } = await ask(lake, 'SELECT ?', { ExecutionParameters: ['1', '2'] });
    expect(reason).toMatch(/expected 1 but found 2/);
  });

  test('starts one query for one client request token', async () => {
    const input = {
      QueryString: 'SELECT 1',
      WorkGroup: 'analysts',
      ClientRequestToken: '0123456789012345678901234567890123',
    };
    const [one, two] = [
      await lake.call('athena', 'StartQueryExecution', input),
      await lake.call('athena', 'StartQueryExecution', input),
    ];
    expect(two).toEqual(one);
    await expect(lake.call('athena', 'StartQueryExecution', { ...input, QueryString: 'SELECT 2' })).rejects.toThrow(
      /Idempotent parameters/,
    );
  });

  test('keeps a view, also over a restart, and reads it through another', async () => {
    await ask(
      lake,
      'CREATE OR REPLACE VIEW paid AS SELECT *, revenue_minor / 2 AS half FROM events WHERE revenue_minor > 0',
    );
    await ask(lake, 'CREATE VIEW daily AS SELECT dt, sum(half) AS halves FROM db.paid GROUP BY dt');
    const again = await startEventLake({ stateDirectory: lake.context.stateDirectory });
    expect((await ask(again, 'SELECT * FROM daily ORDER BY dt')).rows).toEqual([
      ['2025-12-30', '999'],
      ['2025-12-31', '0'],
    ]);
    expect((await ask(again, 'CREATE VIEW daily AS SELECT 1 AS one')).reason).toMatch(/already exists/);
    await ask(again, 'DROP VIEW daily');
    expect((await ask(again, 'SELECT * FROM daily')).reason).toMatch(/TABLE_NOT_FOUND/);
    await again.stop();
  });

  test('refuses a view of which a column has no name', async () => {
    const { reason } = await ask(lake, 'CREATE VIEW nameless AS SELECT dt, count(*) FROM events GROUP BY dt');
    expect(reason).toMatch(/Column name not specified at position 2/);
  });

  test('unloads Parquet that holds the rows, once', async () => {
    const sql =
      "UNLOAD (SELECT message_id, revenue_minor FROM events WHERE revenue_minor > 0) TO 's3://lake/out/' WITH (format = 'PARQUET', compression = 'SNAPPY')";
    const { state, id } = await ask(lake, sql);
    expect(state).toBe('SUCCEEDED');
    const { Contents } = await lake.call('s3', 'ListObjectsV2', { Bucket: 'lake', Prefix: 'out/' });
    const { Body } = await lake.call('s3', 'GetObject', { Bucket: 'lake', Key: `athena-results/${id}-manifest.csv` });
    expect(Buffer.from(Body as Uint8Array).toString()).toBe(`s3://lake/${(Contents as { Key: string }[])[0]?.Key}\n`);
    await lake.make(lake.services.glue, 'AWS::Glue::Table', 'Out', {
      DatabaseName: 'db',
      TableInput: {
        Name: 'out',
        TableType: 'EXTERNAL_TABLE',
        StorageDescriptor: {
          Location: 's3://lake/out/',
          Columns: [
            { Name: 'message_id', Type: 'string' },
            { Name: 'revenue_minor', Type: 'bigint' },
          ],
        },
      },
    });
    expect((await ask(lake, 'SELECT * FROM out ORDER BY 1')).rows).toEqual([
      ['', '1'],
      ['a', '1999'],
    ]);
    expect((await ask(lake, sql)).reason).toMatch(/HIVE_PATH_ALREADY_EXISTS/);
  });

  test('refuses an UNLOAD option that it does not know', async () => {
    const { reason } = await ask(lake, "UNLOAD (SELECT 1 AS x) TO 's3://lake/out2/' WITH (format = 'ORC')");
    expect(reason).toMatch(/NOT_SUPPORTED: UNLOAD/);
  });
});

describe('with a role of its own', () => {
  const results = { Action: ['s3:PutObject', 's3:GetObject'], Resource: ['arn:aws:s3:::lake/athena-results/*'] };
  const start = { Action: ['athena:*'], Resource: ['arn:aws:athena:eu-central-1:123456789012:workgroup/analysts'] };
  const glue = { Action: ['glue:GetTable'], Resource: ['arn:aws:glue:eu-central-1:123456789012:*'] };
  const list = { Action: ['s3:GetBucketLocation', 's3:ListBucket'], Resource: ['arn:aws:s3:::lake'] };
  const read = { Action: ['s3:GetObject'], Resource: ['arn:aws:s3:::lake/events/*'] };
  const asRole = async (name: string, ...statements: { Action: string[]; Resource: string[] }[]) =>
    ask(lake, 'SELECT count(*) FROM events', {}, { kind: 'role', roleArn: await lake.role(name, ...statements) });

  test('a query reads the lake when the role may', async () => {
    expect((await asRole('Whole', start, results, glue, list, read)).rows).toEqual([['3']]);
  });

  test.each([
    ['the table', 'glue:GetTable', [start, results, list, read]],
    ['the bucket', 's3:GetBucketLocation', [start, results, glue, read]],
    ['the objects', 's3:GetObject', [start, results, glue, list]],
    ['the result', 's3:PutObject', [start, glue, list, read]],
  ])('a query fails by name when the role may not reach %s', async (what, action, statements) => {
    const { state, reason } = await asRole(`No-${what}`.replace(' ', '-'), ...statements);
    expect([state, reason]).toEqual(['FAILED', expect.stringContaining(action)]);
  });

  test('a query does not start in a workgroup that is not granted', async () => {
    await expect(asRole('Nothing', results, glue, list, read)).rejects.toThrow(/athena:StartQueryExecution/);
  });
});

test('reads no file but the lake’s', async () => {
  for (const sql of [
    "SELECT * FROM read_text('/etc/passwd')",
    "SELECT * FROM '/etc/passwd'",
    'SELECT getenv(x) FROM events',
  ]) {
    expect((await ask(lake, sql)).state).toBe('FAILED');
  }
});

test('refuses a statement that it does not run, by its first words', async () => {
  for (const [sql, named] of [
    ['INSERT INTO events SELECT 1', /not INSERT INTO/],
    ['CREATE TABLE x AS SELECT 1', /not CREATE TABLE/],
    ['SELECT 1; SELECT 2', /Only one sql statement/],
  ] as const) {
    expect((await ask(lake, sql)).reason).toMatch(named);
  }
});

test('stops a query that runs', async () => {
  const { QueryExecutionId } = await lake.call('athena', 'StartQueryExecution', {
    QueryString:
      'SELECT count(*) FROM UNNEST(sequence(1, 20000)) AS a(x) CROSS JOIN UNNEST(sequence(1, 20000)) AS b(y) WHERE x * y % 7 = 3',
    WorkGroup: 'analysts',
  });
  await lake.call('athena', 'StopQueryExecution', { QueryExecutionId });
  const { QueryExecution } = await lake.call('athena', 'GetQueryExecution', { QueryExecutionId });
  expect(QueryExecution).toMatchObject({ Status: { State: 'CANCELLED' } });
});

/** All cells of a result, header and all. */
async function cells(sql: string): Promise<string[][]> {
  const { id, reason } = await ask(lake, sql);
  expect(reason).toBe('');
  const { ResultSet } = await lake.call('athena', 'GetQueryResults', { QueryExecutionId: id });
  const { Rows } = ResultSet as { Rows: { Data: { VarCharValue: string }[] }[] };
  return Rows.map(({ Data }) => Data.map(({ VarCharValue }) => VarCharValue));
}

const eventColumns = ['message_id', 'revenue_minor', 'score', 'known', 'at', 'product_ids', 'dt'];

test('lists tables and describes one', async () => {
  const answer = async (sql: string) => (await cells(sql)).map(([first]) => first);
  expect(await answer('SHOW TABLES IN db')).toContain('events');
  expect(await answer('SHOW DATABASES')).toContain('db');
  expect(await answer('DESCRIBE events')).toEqual(eventColumns);
});

test.each(['SHOW COLUMNS FROM events', 'SHOW COLUMNS IN db.events', 'show columns from events in db;'])(
  'answers %s with the names of the columns',
  async (sql) => {
    expect(await cells(sql)).toEqual(eventColumns.map((name) => [name]));
  },
);

test('describes tables and columns in information_schema, in the words of Trino', async () => {
  const types = await cells(
    "SELECT column_name, ordinal_position, data_type FROM information_schema.columns WHERE table_schema = 'db' AND table_name = 'events' ORDER BY 2",
  );
  expect(types.slice(1)).toEqual([
    ['message_id', '1', 'varchar'],
    ['revenue_minor', '2', 'bigint'],
    ['score', '3', 'double'],
    ['known', '4', 'boolean'],
    ['at', '5', 'timestamp(3)'],
    ['product_ids', '6', 'array(varchar)'],
    ['dt', '7', 'varchar'],
  ]);
  await ask(lake, 'CREATE OR REPLACE VIEW v_described AS SELECT message_id FROM events');
  const tables = await cells(
    "SELECT t.table_name, t.table_type FROM information_schema.tables t JOIN information_schema.schemata s ON s.schema_name = t.table_schema WHERE t.table_name IN ('events', 'v_described') ORDER BY 1",
  );
  expect(tables.slice(1)).toEqual([
    ['events', 'BASE TABLE'],
    ['v_described', 'VIEW'],
  ]);
  expect((await ask(lake, 'SELECT * FROM information_schema.roles')).reason).toMatch(/^TABLE_NOT_FOUND/);
});

test('explains a query without running it, and says what it would list', async () => {
  const plan = await cells("EXPLAIN SELECT count(*) FROM events WHERE dt = '2020-01-01'");
  expect(plan.flat().join('\n')).toMatch(/Lists 1 partitions and scans \d+ bytes at most/);
  expect(await cells('EXPLAIN (TYPE VALIDATE) SELECT count(*) FROM events')).toEqual([['true']]);
  expect((await ask(lake, 'EXPLAIN (TYPE VALIDATE) SELECT nothing FROM events')).reason).toMatch(/^COLUMN_NOT_FOUND/);
  expect((await ask(lake, 'EXPLAIN SELECT count(*) FROM events')).scannedBytes).toBe(0);
  expect((await ask(lake, 'EXPLAIN ANALYZE SELECT 1')).reason).toMatch(/^NOT_SUPPORTED/);
});
