import { globSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { busEvents } from '#contracts/bus/bus-event.ts';
import { lakeTables } from '#contracts/lake/tables.ts';
import { deadLetterRoutes } from '#scripts/target/dead-letter-routes.ts';
import { type Json, StageTemplates } from '#support/stage-templates.ts';

const templates = new StageTemplates();
const dictionary = readFileSync('docs/data-dictionary.md', 'utf8');
const rules = templates.resources('AWS::Events::Rule').map(({ properties }) => properties);
const lifecycles: Json[] = templates.resource('AWS::S3::Bucket').properties.LifecycleConfiguration.Rules;
const tableOf = (stream: Json): string =>
  stream.ExtendedS3DestinationConfiguration.DataFormatConversionConfiguration.SchemaConfiguration.TableName;

describe.each(lakeTables)('$name', ({ name, kept, events, transformMegabytes }) => {
  const streams = templates
    .resources('AWS::KinesisFirehose::DeliveryStream')
    .filter(({ properties }) => tableOf(properties) === name);

  test('is in the stack and in the dictionary', () => {
    const tables = templates.resources('AWS::Glue::Table').map(({ properties }) => properties.TableInput.Name);
    expect(tables.filter((each) => each === name)).toEqual([name]);
    expect(dictionary).toContain(`\n## ${name}\n`);
  });

  test('has one delivery, of its events, in parts that the transform can answer', () => {
    const [stream, ...others] = streams;
    expect(others).toEqual([]);
    const [rule] = rules.filter(({ Targets }) =>
      Targets.some(({ Arn }: Json) => templates.text(Arn) === `${stream?.id}.Arn`),
    );
    expect(rule?.EventPattern['detail-type']).toEqual(events.map(({ detailType }) => detailType));
    const destination: Json = stream?.properties.ExtendedS3DestinationConfiguration;
    const [processor] = destination.ProcessingConfiguration.Processors;
    expect(processor.Parameters).toContainEqual({
      ParameterName: 'BufferSizeInMBs',
      ParameterValue: String(transformMegabytes ?? 1),
    });
  });

  test('has a way back for what does not arrive', () => {
    const ways = deadLetterRoutes(templates).flatMap((route) =>
      route.kind === 'delivery-streams' ? [route.streamOf[name]] : [],
    );
    expect(ways).toEqual([streams[0]?.id]);
  });

  test('expires when it says', () => {
    const days = lifecycles.filter(({ Prefix }) => Prefix === `${name}/`).map((rule) => rule.ExpirationInDays);
    const stated = kept === 'as interactions' ? templates.config.lakeRetentionDays : kept;
    expect(days).toEqual(stated === 'for good' ? [] : [stated]);
  });
});

test('has no delivery and no lifecycle of what is no table', () => {
  const names = lakeTables.map(({ name }) => name);
  const delivered = templates
    .resources('AWS::KinesisFirehose::DeliveryStream')
    .map(({ properties }) => tableOf(properties));
  expect(delivered.sort()).toEqual([...names].sort());
  const expiring = lifecycles.flatMap(({ Prefix }) => (Prefix === undefined ? [] : [Prefix.replace(/\/$/, '')]));
  expect(
    expiring.filter((prefix) => ![...names, 'athena-results', 'errors', 'campaign-runs'].includes(prefix)),
  ).toEqual([]);
});

test('lands each event in one table, as the transform does not know whose stream it works for', () => {
  const landed = lakeTables.flatMap(({ events }) => events.map(({ detailType }) => detailType));
  expect(landed).toEqual([...new Set(landed)]);
  expect(Object.keys(busEvents)).toEqual(expect.arrayContaining(landed));
});

test('is the only list: outside of its folder nothing imports a table of the lake', () => {
  const definitions = globSync('functions/contracts/lake/*/*-table.ts').map((file) => file.replace('functions/', '#'));
  expect(definitions).toHaveLength(lakeTables.length);
  const sources = globSync('{functions,infra,local-cloud,scripts}/**/*.ts').filter(
    (file) => !file.startsWith('functions/contracts/lake/'),
  );
  expect(sources.length).toBeGreaterThan(300);
  const importing = sources.filter((file) => {
    const text = readFileSync(file, 'utf8');
    return definitions.some((definition) => text.includes(`'${definition}'`));
  });
  expect(importing).toEqual([]);
});
