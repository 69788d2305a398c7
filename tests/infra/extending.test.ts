import { expect, test, vi } from 'vitest';
import { BusEnvelope } from '#contracts/bus/bus-envelope.ts';
import { rowsOfEvent } from '#contracts/lake/rows-of-event.ts';
import { deadLetterRoutes } from '#scripts/target/dead-letter-routes.ts';
import { grantsOf } from '#support/grants-of.ts';
import { type Json, StageTemplates } from '#support/stage-templates.ts';
import { SegmentChangeRow } from '#support/worked-examples/segment-changes-table.ts';

/** A copy of the list with the guide's line in it. Nothing else is replaced: what works with the copy works by the list alone. */
vi.mock('#contracts/lake/tables.ts', async (original) => {
  const { lakeTables } = await original<typeof import('#contracts/lake/tables.ts')>();
  const { segmentChangesTable } = await import('#support/worked-examples/segment-changes-table.ts');
  return { lakeTables: [...lakeTables, segmentChangesTable] };
});

const templates = new StageTemplates();

test('a table of the list is in Glue, has a delivery of its events, a lifecycle, alarms and a way back', () => {
  const tables = templates.resources('AWS::Glue::Table').map(({ properties }) => properties.TableInput.Name);
  expect(tables).toContain('segment_changes');
  const rules = templates
    .resources('AWS::Events::Rule')
    .map(({ properties }) => properties.EventPattern?.['detail-type']);
  expect(rules).toContainEqual(['SegmentEntered', 'SegmentExited']);
  const lifecycles = templates.resource('AWS::S3::Bucket').properties.LifecycleConfiguration.Rules;
  const [days] = lifecycles.filter(({ Prefix }: Json) => Prefix === 'segment_changes/');
  expect(days.ExpirationInDays).toBe(366);
  const alarms = templates
    .resources('AWS::CloudWatch::Alarm')
    .filter(({ properties }) => /segment_changes/.test(properties.AlarmDescription));
  expect(alarms).toHaveLength(3);
  expect(deadLetterRoutes(templates)).toContainEqual(expect.objectContaining({ table: 'segment_changes' }));
});

test('analysts may ask it, and its columns are explained', () => {
  const analyst = grantsOf(templates, 'analyst');
  expect(analyst).toContain('glue:GetTable table/lemniscate_dev/segment_changes');
  expect(analyst).toContain('s3:GetObject lakebucket.Arn/segment_changes/*');
  const inputs = templates.resources('AWS::Glue::Table').map(({ properties }) => properties.TableInput);
  const { StorageDescriptor } = inputs.find(({ Name }) => Name === 'segment_changes');
  expect(StorageDescriptor.Columns).toContainEqual({
    Name: 'is_in',
    Type: 'boolean',
    Comment: 'Whether the customer is in the segment from now on',
  });
});

test('its events become its rows, as its schema has them', () => {
  const detail = {
    id: 'c-1',
    occurredAt: '2026-03-01T12:00:00.000Z',
    schemaVersion: 1,
    customerId: 'ada',
    segmentId: 'loyal',
    version: 7,
  };
  const landed = ['SegmentEntered', 'SegmentExited'].flatMap((type) => {
    const event = BusEnvelope.parse({ 'detail-type': type, detail });
    return rowsOfEvent(event, { decisionsIn: () => [] }) ?? [];
  });
  expect(landed.map((row) => SegmentChangeRow.parse(row))).toMatchObject([
    { change_id: 'c-1', customer_id: 'ada', is_in: true },
    { change_id: 'c-1', customer_id: 'ada', is_in: false },
  ]);
});
