import { expect, test, vi } from 'vitest';
import { BusEnvelope } from '#contracts/bus/bus-envelope.ts';
import { rowsOfEvent } from '#contracts/lake/rows-of-event.ts';
import { deadLetterRoutes } from '#scripts/target/dead-letter-routes.ts';
import { grantsOf } from '#support/grants-of.ts';
import { type Json, StageTemplates } from '#support/stage-templates.ts';
import { ProfileChangeRow } from '#support/worked-examples/profile-changes-table.ts';

/** A copy of the list with the guide's line in it. Nothing else is replaced: what works with the copy works by the list alone. */
vi.mock('#contracts/lake/tables.ts', async (original) => {
  const { lakeTables } = await original<typeof import('#contracts/lake/tables.ts')>();
  const { profileChangesTable } = await import('#support/worked-examples/profile-changes-table.ts');
  return { lakeTables: [...lakeTables, profileChangesTable] };
});

const templates = new StageTemplates();

test('a table of the list is in Glue, has a delivery of its events, a lifecycle, alarms and a way back', () => {
  const tables = templates.resources('AWS::Glue::Table').map(({ properties }) => properties.TableInput.Name);
  expect(tables).toContain('profile_changes');
  const rules = templates
    .resources('AWS::Events::Rule')
    .map(({ properties }) => properties.EventPattern?.['detail-type']);
  expect(rules).toContainEqual(['ProfileChanged']);
  const lifecycles = templates.resource('AWS::S3::Bucket').properties.LifecycleConfiguration.Rules;
  const [days] = lifecycles.filter(({ Prefix }: Json) => Prefix === 'profile_changes/');
  expect(days.ExpirationInDays).toBe(366);
  const alarms = templates
    .resources('AWS::CloudWatch::Alarm')
    .filter(({ properties }) => /profile_changes/.test(properties.AlarmDescription));
  expect(alarms).toHaveLength(2);
  expect(deadLetterRoutes(templates)).toContainEqual(
    expect.objectContaining({ streamOf: expect.objectContaining({ profile_changes: expect.any(String) }) }),
  );
});

test('analysts may ask it, and its columns are explained', () => {
  const analyst = grantsOf(templates, 'analyst');
  expect(analyst).toContain('glue:GetTable table/lemniscate_dev/profile_changes');
  expect(analyst).toContain('s3:GetObject lakebucket.Arn/profile_changes/*');
  const inputs = templates.resources('AWS::Glue::Table').map(({ properties }) => properties.TableInput);
  const { StorageDescriptor } = inputs.find(({ Name }) => Name === 'profile_changes');
  expect(StorageDescriptor.Columns).toContainEqual({
    Name: 'is_new',
    Type: 'boolean',
    Comment: 'Whether nothing was known of the persona before',
  });
});

test('its events become its rows, as its schema has them', () => {
  const change = { customerId: 'ada', personaId: 'p-1', isNew: true, version: 1 };
  const detail = {
    id: 'c-1',
    occurredAt: '2026-03-01T12:00:00.000Z',
    schemaVersion: 1,
    changes: [change, { ...change, isNew: false, version: 2 }],
  };
  const event = BusEnvelope.parse({ 'detail-type': 'ProfileChanged', detail });
  const landed = rowsOfEvent(event, { decisionsIn: () => [] }) ?? [];
  expect(landed.map((row) => ProfileChangeRow.parse(row))).toMatchObject([
    { customer_id: 'ada', persona_id: 'p-1', is_new: true, version: 1 },
    { customer_id: 'ada', persona_id: 'p-1', is_new: false, version: 2 },
  ]);
});
