import type { Operation, Service } from '#local-cloud/cloud/service.ts';
import { createIam } from '#local-cloud/iam/iam.ts';
import type { Principal } from '#local-cloud/iam/principal.ts';
import { createAthenaService } from '#local-cloud/services/athena/service.ts';
import { createFirehoseService } from '#local-cloud/services/firehose/service.ts';
import { createGlueService } from '#local-cloud/services/glue/service.ts';
import { createS3Service } from '#local-cloud/services/s3/service.ts';
import { resourceContext, type ServiceContext, serviceContext } from './local-service-context.ts';

/** S3, Glue, Athena and Firehose around one lake, with real permission checks and a stand-in for the transform function. */
export interface LocalLake {
  readonly context: ServiceContext;
  readonly services: Readonly<Record<'s3' | 'glue' | 'athena' | 'firehose', Service>>;
  call(
    service: string,
    operation: string,
    input: Readonly<Record<string, unknown>>,
    principal?: Principal,
  ): Promise<Record<string, unknown>>;
  make(
    service: Service,
    type: string,
    logicalId: string,
    properties: Readonly<Record<string, unknown>>,
  ): Promise<string>;
  /** Makes a role that may do the actions on the resources; its ARN. */
  role(logicalId: string, ...statements: { Action: string[]; Resource: string[] }[]): Promise<string>;
  stop(): Promise<void>;
}

export type Invoke = (input: Readonly<Record<string, unknown>>) => Promise<unknown>;

export async function startLocalLake(options: { stateDirectory?: string; invoke?: Invoke } = {}): Promise<LocalLake> {
  const base = serviceContext(options.stateDirectory);
  const iam = createIam(base.account);
  const services = new Map<string, Service>();
  const gatewayCall: ServiceContext['call'] = async (principal, service, operation, input) => {
    const found = services.get(service)?.operations[operation];
    if (found === undefined) throw new Error(`${service} has no operation ${operation}`);
    iam.authorise(principal, found.permissions(input));
    return found.run(input, { principal, service, operation, input });
  };
  const context: ServiceContext = { ...base, call: gatewayCall };
  const s3 = createS3Service(context);
  const glue = createGlueService(context);
  const athena = createAthenaService(context, s3.objectFile);
  const firehose = createFirehoseService(context);
  const invoke: Operation = {
    permissions: ({ FunctionName }) => [{ action: 'lambda:InvokeFunction', resources: [String(FunctionName)] }],
    run: (input) => (options.invoke ?? (() => Promise.reject(new Error('no function'))))(input),
  };
  const lambda: Service = { name: 'lambda', operations: { Invoke: invoke }, resources: {} };
  for (const service of [s3, glue, athena, firehose, lambda]) services.set(service.name, service);
  return {
    context,
    services: { s3, glue, athena, firehose },
    call: async (service, operation, input, principal = { kind: 'root' }) =>
      (await gatewayCall(principal, service, operation, input)) as Record<string, unknown>,
    async make(service, type, logicalId, properties) {
      const provider = service.resources[type];
      if (provider === undefined) throw new Error(`${service.name} does not make ${type}`);
      return (await provider.create(properties, resourceContext(logicalId))).ref;
    },
    async role(logicalId, ...statements) {
      const provider = iam.service.resources['AWS::IAM::Role'];
      if (provider === undefined) throw new Error('IAM makes no roles');
      const made = await provider.create(
        {
          AssumeRolePolicyDocument: {},
          Policies: [
            {
              PolicyName: 'own',
              PolicyDocument: {
                Version: '2012-10-17',
                Statement: statements.map((statement) => ({ Effect: 'Allow', ...statement })),
              },
            },
          ],
        },
        resourceContext(logicalId),
      );
      return made.attributes?.Arn ?? '';
    },
    async stop() {
      await athena.stop?.();
      await firehose.stop?.();
    },
  };
}

/** A lake with bucket `lake`, database `db`, table `events` and workgroup `analysts`. */
export async function startEventLake(options: Parameters<typeof startLocalLake>[0] = {}): Promise<LocalLake> {
  const lake = await startLocalLake(options);
  const { s3, glue, athena } = lake.services;
  await lake.make(s3, 'AWS::S3::Bucket', 'Lake', { BucketName: 'lake' });
  await lake.make(glue, 'AWS::Glue::Database', 'Database', { DatabaseInput: { Name: 'db' } });
  await lake.make(glue, 'AWS::Glue::Table', 'Events', {
    DatabaseName: 'db',
    TableInput: {
      Name: 'events',
      TableType: 'EXTERNAL_TABLE',
      PartitionKeys: [{ Name: 'dt', Type: 'string' }],
      Parameters: {
        'projection.enabled': 'true',
        'projection.dt.type': 'date',
        'projection.dt.range': '2020-01-01,NOW+1DAYS',
      },
      StorageDescriptor: {
        Location: 's3://lake/events/',
        Columns: [
          { Name: 'message_id', Type: 'string' },
          { Name: 'revenue_minor', Type: 'bigint' },
          { Name: 'score', Type: 'double' },
          { Name: 'known', Type: 'boolean' },
          { Name: 'at', Type: 'timestamp' },
          { Name: 'product_ids', Type: 'array<string>' },
        ],
      },
    },
  });
  await lake.make(athena, 'AWS::Athena::WorkGroup', 'Analysts', {
    Name: 'analysts',
    WorkGroupConfiguration: {
      EnforceWorkGroupConfiguration: true,
      BytesScannedCutoffPerQuery: 10_000_000,
      ResultConfiguration: { OutputLocation: 's3://lake/athena-results/' },
    },
  });
  return lake;
}

/** What a query came to: the execution, and rows without the header when it succeeded. */
export interface Answer {
  readonly id: string;
  readonly state: string;
  readonly reason: string;
  readonly columns: readonly string[];
  readonly types: readonly string[];
  readonly rows: readonly (string | null)[][];
  readonly scannedBytes: number;
}

/** Runs a query to its end. */
export async function ask(
  lake: LocalLake,
  sql: string,
  input: Readonly<Record<string, unknown>> = {},
  principal?: Principal,
): Promise<Answer> {
  const started = await lake.call(
    'athena',
    'StartQueryExecution',
    { QueryString: sql, WorkGroup: 'analysts', QueryExecutionContext: { Database: 'db' }, ...input },
    principal,
  );
  const id = String(started.QueryExecutionId);
  for (;;) {
    const { QueryExecution: execution } = (await lake.call('athena', 'GetQueryExecution', {
      QueryExecutionId: id,
    })) as {
      QueryExecution: {
        Status: { State: string; StateChangeReason?: string };
        Statistics: { DataScannedInBytes: number };
      };
    };
    const { State: state, StateChangeReason: reason = '' } = execution.Status;
    const scannedBytes = execution.Statistics.DataScannedInBytes;
    if (state === 'SUCCEEDED') return { id, state, reason, scannedBytes, ...(await results(lake, id)) };
    if (state === 'FAILED' || state === 'CANCELLED')
      return { id, state, reason, scannedBytes, columns: [], types: [], rows: [] };
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

async function results(lake: LocalLake, id: string): Promise<Pick<Answer, 'columns' | 'types' | 'rows'>> {
  const { ResultSet: set } = (await lake.call('athena', 'GetQueryResults', { QueryExecutionId: id })) as {
    ResultSet: {
      Rows: { Data: { VarCharValue?: string }[] }[];
      ResultSetMetadata: { ColumnInfo: { Name: string; Type: string }[] };
    };
  };
  const info = set.ResultSetMetadata.ColumnInfo;
  return {
    columns: info.map(({ Name }) => Name),
    types: info.map(({ Type }) => Type),
    rows: set.Rows.slice(1).map(({ Data }) => Data.map(({ VarCharValue }) => VarCharValue ?? null)),
  };
}
