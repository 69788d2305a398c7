import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { interactionsTable } from '#contracts/lake/interactions/interactions-table.ts';
import { columnsOf } from '#contracts/lake/table.ts';
import { lakeTables } from '#contracts/lake/tables.ts';
import { deadLetterRoutes } from '#scripts/target/dead-letter-routes.ts';
import { type Json, StageTemplates } from '#support/stage-templates.ts';

const templates = new StageTemplates();
const inputs: Json[] = templates.resources('AWS::Glue::Table').map(({ properties }) => properties.TableInput);
const viewsFolder = join(import.meta.dirname, '../../infra/lake/views');
const encodedView = ({ ViewOriginalText }: Json): Json =>
  JSON.parse(Buffer.from(/^\/\* Presto View: (\S+) \*\/$/.exec(ViewOriginalText)?.[1] ?? '', 'base64').toString());
const inputOf = (name: string): Json => inputs.find((input) => input.Name === name);

test('redrives what every delivery stream gives up', () => {
  const delivered = templates
    .resources('AWS::KinesisFirehose::DeliveryStream')
    .map(({ properties }) => properties.ExtendedS3DestinationConfiguration.ErrorOutputPrefix.split('/').slice(0, 2));
  expect(delivered.sort()).toEqual(
    deadLetterRoutes(templates)
      .flatMap((route) =>
        route.kind === 'delivery-streams' ? Object.keys(route.streamOf).map((table) => ['errors', table]) : [],
      )
      .sort(),
  );
});

describe.each(lakeTables)('table $name', (definition) => {
  const input = inputOf(definition.name);

  test('has the columns of its zod schema, each with its comment', () => {
    expect(input.StorageDescriptor.Columns).toEqual(
      columnsOf(definition).map(({ name, glueType, description }) => ({
        Name: name,
        Type: glueType,
        Comment: description,
      })),
    );
  });

  const isByMonth = definition.partition?.by === 'month';

  test('computes its partitions from now back to the end of the retention', () => {
    expect(input.PartitionKeys).toEqual([{ Name: 'dt', Type: 'string', Comment: expect.any(String) }]);
    expect(input.Parameters).toMatchObject({
      'projection.enabled': 'true',
      'projection.dt.type': 'date',
      'projection.dt.format': isByMonth ? 'yyyy-MM' : 'yyyy-MM-dd',
      'projection.dt.range': isByMonth
        ? 'NOW-120MONTHS,NOW+1MONTHS'
        : `NOW-${templates.config.lakeRetentionDays}DAYS,NOW+1DAYS`,
    });
    expect(templates.text(input.Parameters['storage.location.template'])).toMatch(
      new RegExp(`^s3://lakebucket\\w+/${definition.name}/dt=\\$\\{dt\\}/$`),
    );
  });

  test('is delivered as Parquet to where its partitions are', () => {
    const streams = templates.resources('AWS::KinesisFirehose::DeliveryStream').map(({ properties }) => properties);
    const { ExtendedS3DestinationConfiguration: destination } = streams.find(
      (stream) =>
        stream.ExtendedS3DestinationConfiguration.DataFormatConversionConfiguration.SchemaConfiguration.TableName ===
        definition.name,
    );
    expect(destination.Prefix).toBe(`${definition.name}/dt=!{timestamp:${isByMonth ? 'yyyy-MM' : 'yyyy-MM-dd'}}/`);
    expect(destination.ErrorOutputPrefix).toMatch(
      new RegExp(`^errors/${definition.name}/!{firehose:error-output-type}/`),
    );
    expect(destination.DataFormatConversionConfiguration).toMatchObject({
      Enabled: true,
      InputFormatConfiguration: { Deserializer: { OpenXJsonSerDe: {} } },
      OutputFormatConfiguration: { Serializer: { ParquetSerDe: { Compression: 'SNAPPY' } } },
    });
    expect(destination.BufferingHints.SizeInMBs).toBeGreaterThanOrEqual(64);
    const lambda = destination.ProcessingConfiguration.Processors[0].Parameters[0];
    expect([lambda.ParameterName, templates.text(lambda.ParameterValue)]).toEqual([
      'LambdaArn',
      expect.stringMatching(/^landlandevents\w+\.Arn$/),
    ]);
  });
});

describe('view v_interactions', () => {
  const input = inputOf('v_interactions');
  const view = encodedView(input);

  test('is kept as CREATE VIEW would keep it', () => {
    expect(input).toMatchObject({
      TableType: 'VIRTUAL_VIEW',
      ViewExpandedText: '/* Presto View */',
      Parameters: { presto_view: 'true' },
    });
    expect(view).toMatchObject({ catalog: 'awsdatacatalog', schema: 'lemniscate_dev' });
    expect(view.columns).toContainEqual({ name: 'product_ids', type: 'array(varchar)' });
  });
});

const views = inputs.filter((input) => input.TableType === 'VIRTUAL_VIEW');

test.each(views.map((input) => [input.Name, input]))('%s has the columns of its SQL in their order', (name, input) => {
  const selected = columnsSelectedBy(readFileSync(join(viewsFolder, `${name}.sql`), 'utf8'));
  expect(encodedView(input).columns.map((column: Json) => column.name)).toEqual(selected);
  expect(input.StorageDescriptor.Columns.map(({ Name }: Json) => Name)).toEqual(selected);
});

test('has a file for each view and no other', () => {
  expect(readdirSync(viewsFolder).sort()).toEqual(views.map(({ Name }) => `${Name}.sql`).sort());
});

test('shows every column of the interactions in their view, the customer, the moment and whether it counts as an order', () => {
  const names = inputOf('v_interactions').StorageDescriptor.Columns.map(({ Name }: Json) => Name);
  const added = ['counts_as_order', 'customer_id', 'dt', 'moment', 'stated_currency'];
  expect(names.sort()).toEqual([...columnsOf(interactionsTable).map(({ name }) => name), ...added].sort());
});

/** Names of what the outermost SELECT of a query gives: its last one that stands in no brackets. */
function columnsSelectedBy(sql: string): string[] {
  let text = sql.replaceAll(/--.*/g, '');
  for (let outer = ''; outer !== text; ) [outer, text] = [text, text.replaceAll(/[([][^()[\]]*[)\]]/g, '')];
  const [, list = ''] = /.*\bSELECT\b(.+?)\bFROM\b/s.exec(text) ?? [];
  return list.split(',').map((column) => /(\w+)\s*$/.exec(column)?.[1] ?? column);
}

test('stops a query that scans more than the stage allows, whatever its sender asks for', () => {
  expect(templates.resource('AWS::Athena::WorkGroup').properties.WorkGroupConfiguration).toMatchObject({
    BytesScannedCutoffPerQuery: templates.config.scanCutoffBytes,
    EnforceWorkGroupConfiguration: true,
    PublishCloudWatchMetricsEnabled: true,
  });
});

test('can be deleted with the queries of its history, as nothing else could', () => {
  expect(templates.resource('AWS::Athena::WorkGroup').properties.RecursiveDeleteOption).toBe(true);
});

test('lists no day of prod before there was a lake', () => {
  const ranges = new StageTemplates('prod')
    .resources('AWS::Glue::Table')
    .flatMap(({ properties }) => properties.TableInput.Parameters['projection.dt.range'] ?? []);
  expect(new Set(ranges)).toEqual(new Set(['2026-01-01,NOW+1DAYS', '2026-01,NOW+1MONTHS']));
});
