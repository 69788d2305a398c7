import {
  type AttributeValue,
  DeleteItemCommand,
  DynamoDBClient,
  PutItemCommand,
  ScanCommand,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { packTexts, unpackTexts } from '#adapters/decisions-table/decision-packing.ts';
import { dispositionKey } from '#adapters/decisions-table/keys.ts';
import { modelIn, modelItem } from '#adapters/models-table/model-items.ts';
import type { Decision } from '#domain/decision/decision.ts';
import { shownBy, usesOf } from '#domain/decision/decision-effects.ts';
import { encodeDecision } from '#domain/decision/encode-decision.ts';
import { dispositionIdPrefix, type ToldDisposition } from '#domain/disposition/told-disposition.ts';
import { outputOf } from '#scripts/target/target.ts';
import { runSeed, type SeedRun } from '#simulate/run-seed.ts';
import { loadSimulatedCatalogue } from '#simulate/simulated-catalogue.ts';
import { type SimulatedCloud, startSimulatedCloud } from '#simulate/simulated-cloud.ts';
import { auditDecisions } from '#support/auditors/audit-decisions.ts';
import { openDecisionRegister } from '#support/auditors/decision-register.ts';
import type { TouchpointLog } from '#support/auditors/touchpoint-log.ts';

type Item = Record<string, AttributeValue>;

let simulated: SimulatedCloud;
let run: SeedRun;
let client: DynamoDBClient;
beforeAll(async () => {
  simulated = await startSimulatedCloud(inject('assembly'), Date.parse('2026-01-05T00:00:00Z'));
  await loadSimulatedCatalogue({ url: simulated.cloud.url, key: simulated.adminKey });
  client = new DynamoDBClient(simulated.target.client);
  run = await runSeed(3, 10_080, simulated);
}, 600_000);
afterAll(async () => {
  client.destroy();
  await simulated.cloud.stop();
});

/** What the auditors find in the tables as they are now, with what touchpoints know, or would know with something planted. */
async function findings(planted: Partial<TouchpointLog> = {}): Promise<string[]> {
  const log = { ...run.touchpoints, ...planted };
  const register = openDecisionRegister(run.target);
  register.note(log);
  const found = await auditDecisions(run, log, register);
  return found.map(({ auditor, text }) => `${auditor}: ${text}`);
}

const tableOf = (output: string) => outputOf(run.target, output);
const put = (table: string, item: Item) => client.send(new PutItemCommand({ TableName: tableOf(table), Item: item }));
const remove = (table: string, { pk = { S: '' }, sk = { S: '' } }: Item) =>
  client.send(new DeleteItemCommand({ TableName: tableOf(table), Key: { pk, sk } }));

async function itemsOf(table: string): Promise<Item[]> {
  const { Items = [] } = await client.send(new ScanCommand({ TableName: tableOf(table), ConsistentRead: true }));
  return Items;
}

/** A decision of the run on the web that shows something, with its item. */
async function shownOnTheWeb(): Promise<{ decision: Decision; item: Item }> {
  const decision = [...simulated.decisions.decisions.values()].find((each) =>
    shownBy(each).some(({ candidate }) => candidate.channel === 'web'),
  );
  const item = (await itemsOf('DecisionsTableName')).find(
    ({ record }) => record?.B && unpackTexts(record.B).some((text) => text.includes(decision?.decisionId ?? 'none')),
  );
  if (decision === undefined || item === undefined) throw new Error('The run shows nothing on the web');
  return { decision, item };
}

test('finds nothing in a run under random faults in which touchpoints asked and told a lot', async () => {
  expect(await findings()).toEqual([]);
  expect(run.touchpoints.asked.length).toBeGreaterThan(5);
  expect(run.touchpoints.told.length).toBeGreaterThan(10);
  expect([...simulated.decisions.decisions.values()].flatMap(usesOf).length).toBeGreaterThan(0);
});

test('names a lost record', async () => {
  const { decision, item } = await shownOnTheWeb();
  await remove('DecisionsTableName', item);
  const found = await findings();
  await put('DecisionsTableName', item);
  expect(found).toEqual(
    expect.arrayContaining([
      `records: answered and not on record: ${decision.decisionId}`,
      `records: in the lake and not in the table: ${decision.decisionId}`,
    ]),
  );
});

test('names an answer that is not its record’s, and one that changes when it is asked for again', async () => {
  const asked = run.touchpoints.asked.map((question) => ({
    ...question,
    answers: question.answers.map((texts, index) =>
      texts.map((text) => (index === 0 ? text.replace('"decisionId"', '"changed":true,"decisionId"') : text)),
    ),
  }));
  const found = (await findings({ asked })).join('\n');
  expect(found).toContain('records: answered otherwise than its record says');
  expect(found).toContain('records: asked again and answered otherwise');
});

test('names an overspent budget, one beyond its limit, and slices that nobody can have taken', async () => {
  const item = (await itemsOf('BudgetsTableName')).find(
    ({ pk, leased }) => pk?.S?.startsWith('budget#') && Number(leased?.N) > 0,
  );
  const name = `${item?.pk?.S?.split('#')[1]} of ${item?.sk?.S}`;
  const withLeased = async (ticks: number) => {
    await put('BudgetsTableName', { ...item, leased: { N: String(ticks) } });
    return (await findings()).join('\n');
  };
  expect(await withLeased(0)).toMatch(new RegExp(`budgets: .*${name} has \\d+ spent, more than the 0 that are leased`));
  expect(await withLeased(10_000_000)).toContain(`${name} has 10000000 leased, more than its limit`);
  await put('BudgetsTableName', item ?? {});
});

test('names a doubled response in the models that learned it', async () => {
  const item = (await itemsOf('ModelsTableName')).find(
    ({ pk, sk }) => sk?.S === 'model' && pk?.S?.startsWith('channel#'),
  );
  const { value, version } = modelIn(item ?? {});
  const id = item?.pk?.S?.split('#')[1] ?? '';
  await put(
    'ModelsTableName',
    modelItem({ kind: 'channel', id }, { ...value, responses: value.responses + 1 }, version),
  );
  const found = await findings();
  await put('ModelsTableName', item ?? {});
  expect(found).toEqual([
    `models: learned otherwise than once each: channel#${id} has ${value.positives} of ${value.responses + 1} instead of ${value.positives} of ${value.responses}`,
  ]);
});

test('names a presentation that somebody saw and never answered, and no model learned of', async () => {
  const told = [...simulated.decisions.told.keys()];
  const shown = [...simulated.decisions.decisions.values()].flatMap((decision) =>
    shownBy(decision).map(({ candidate: { treatmentId } }) => ({ ...decision, treatmentId })),
  );
  const untold = shown.find(
    ({ decisionId, treatmentId }) =>
      !told.some((id) => id.startsWith(`${dispositionIdPrefix(decisionId)}${treatmentId}:`)),
  );
  const { decisionId = '', treatmentId = '', atMs = 0 } = untold ?? {};
  const at = new Date(atMs).toISOString();
  const times = { occurredAt: at, receivedAt: at };
  const seen: ToldDisposition = { decisionId, treatmentId, disposition: 'presented', touchpoint: 'web', ...times };
  const { pk, sk } = dispositionKey(seen);
  const item: Item = { pk: { S: pk }, sk: { S: sk }, told: { S: JSON.stringify(seen) } };
  await put('DecisionsTableName', item);
  const found = (await findings()).join('\n');
  await remove('DecisionsTableName', item);
  expect(found).toContain('models: learned otherwise than once each');
  expect(found).toContain(`treatment#${treatmentId} has `);
});

test('names a disposition that was acknowledged and is lost', async () => {
  const item = (await itemsOf('DecisionsTableName')).find(({ sk }) => sk?.S?.startsWith('disposition:'));
  await remove('DecisionsTableName', item ?? {});
  const found = (await findings()).join('\n');
  await put('DecisionsTableName', item ?? {});
  expect(found).toContain(`responses: acknowledged and not remembered: ${item?.sk?.S}`);
});

test('names a decision for somebody who had said no before', async () => {
  const { decision } = await shownOnTheWeb();
  const refusals = [{ personaId: decision.personaId, channel: 'web', heardMs: decision.atMs - 1 }];
  expect((await findings({ refusals })).join('\n')).toMatch(
    new RegExp(`consents: decided after a no: .*${decision.decisionId} \\(web\\)`),
  );
});

// The copies are told to the lake too: after this nothing else is looked at.
test('names a doubled contact as one more than a cap allows, and a record that nobody asked for', async () => {
  const { decision, item } = await shownOnTheWeb();
  const copies = Array.from({ length: 6 }, (_, index) => {
    const decisionId = decision.decisionId.replace(/^.{8}/, `0000000${index}`);
    const record = packTexts([encodeDecision({ ...decision, decisionId, atMs: decision.atMs + index })]);
    return { ...item, pk: { S: `decision#${decisionId.slice(0, -2)}` }, record: { B: record } };
  });
  for (const copy of copies) await put('DecisionsTableName', copy);
  const found = (await findings()).join('\n');
  for (const copy of copies) await remove('DecisionsTableName', copy);
  expect(found).toMatch(new RegExp(`caps: more contacts than a cap allows: ${decision.personaId}.* \\(often: `));
  expect(found).toContain('records: on record and not asked for: ');
});
