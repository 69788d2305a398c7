import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dynamoModels } from '#adapters/models-table/dynamo-models.ts';
import type { CapturedDisposition } from '#domain/disposition/captured-disposition.ts';
import { encodeFeatures } from '#domain/propensity/feature-vector.ts';
import { priorModel } from '#domain/propensity/inherited-prior.ts';
import { basePrior } from '#domain/propensity/prior.ts';
import { emptyRecord, posteriorOf, probability } from '#domain/propensity/propensity-model.ts';
import { storedModels } from '#scripts/models/stored-models.ts';
import { localTarget, outputOf, type Target } from '#scripts/target/target.ts';
import { capturedDetail, capturedDisposition } from '#support/builders/captured-disposition.ts';
import { startTestCloud, type TestCloud } from '#support/cloud.ts';

let cloud: TestCloud;
let target: Target;
let bus: EventBridgeClient;
let tables: DynamoDBClient;
beforeAll(async () => {
  cloud = await startTestCloud('--now', '2026-03-10T12:00:00Z');
  target = localTarget(cloud.info);
  bus = new EventBridgeClient(target.client);
  tables = new DynamoDBClient(target.client);
});
afterAll(async () => {
  bus?.destroy();
  tables?.destroy();
  await cloud?.stop();
});

const fond = [11, 12];
const cool = [21, 22];

/** Dispositions of as many decisions: who is fond accepts, who is cool ignores. */
const responses = (treatmentId: string, count: number) =>
  Array.from({ length: count }, (_, index) =>
    capturedDisposition({
      decisionId: `${treatmentId}-${index}`,
      treatmentId,
      disposition: index % 2 === 0 ? 'accepted' : 'ignored',
      features: encodeFeatures(index % 2 === 0 ? fond : cool),
    }),
  );

async function tell(dispositions: readonly CapturedDisposition[]) {
  const Detail = JSON.stringify(capturedDetail(...dispositions));
  const entry = {
    EventBusName: outputOf(target, 'BusName'),
    Source: 'lemniscate',
    DetailType: 'DispositionCaptured',
    Detail,
  };
  await bus.send(new PutEventsCommand({ Entries: [entry] }));
}

/** Propensities of a treatment as a decision would work them out. */
async function propensities(treatmentId: string) {
  const models = await dynamoModels(tables, outputOf(target, 'ModelsTableName'), { keptMs: 0, now: Date.now }).load([
    { kind: 'treatment', id: treatmentId },
    { kind: 'offer', id: 'sale' },
    { kind: 'channel', id: 'web' },
  ]);
  const kin = (kind: 'offer' | 'channel', id: string) => ({
    record: models.of(kind, id) ?? emptyRecord,
    prior: basePrior,
  });
  const record = models.of('treatment', treatmentId) ?? emptyRecord;
  const model = { record, prior: priorModel({ offer: kin('offer', 'sale'), channel: kin('channel', 'web') }) };
  return {
    responses: record.responses,
    positives: record.positives,
    fond: probability(posteriorOf(model, fond)),
    cool: probability(posteriorOf(model, cool)),
  };
}

test('learns from dispositions, each once, and knows what a new treatment of the offer is worth', async () => {
  const before = await propensities('sale-hero');
  expect(before.fond).toBe(before.cool);

  const told = responses('sale-hero', 120);
  await Promise.all([tell(told.slice(0, 60)), tell(told.slice(60)), tell(told.slice(30, 90))]);
  await cloud.settle();
  await tell(told);
  await cloud.settle();

  const after = await propensities('sale-hero');
  expect([after.responses, after.positives]).toEqual([120, 60]);
  expect(after.fond).toBeGreaterThan(2 * after.cool);

  expect([...(await storedModels(target)).keys()].sort()).toEqual(['channel#web', 'offer#sale', 'treatment#sale-hero']);

  const launched = await propensities('sale-side');
  expect(launched.responses).toBe(0);
  expect(launched.fond).toBeGreaterThan(1.5 * launched.cool);
});

test('takes a rejection back when the customer accepts after all', async () => {
  const decision = { decisionId: 'late-yes', treatmentId: 'sale-mail' };
  await tell([capturedDisposition({ ...decision, disposition: 'ignored' })]);
  await cloud.settle();
  await tell([capturedDisposition({ ...decision, disposition: 'accepted', occurredAt: '2026-03-10T15:00:00.000Z' })]);
  await cloud.settle();
  expect(await propensities('sale-mail')).toMatchObject({ responses: 1, positives: 1 });
});

test('takes silence for a no an hour after a treatment was seen, until a yes comes', async () => {
  const decision = { decisionId: 'silent', treatmentId: 'sale-card' };
  const counts = async () => {
    await cloud.settle();
    const { responses, positives } = await propensities('sale-card');
    return [responses, positives];
  };
  await tell([capturedDisposition({ ...decision, disposition: 'presented' })]);
  expect(await counts()).toEqual([0, 0]);
  const startSeconds = await cloud.cpuSeconds();
  await cloud.advance('PT1H15M');
  expect(await counts()).toEqual([1, 0]);
  await cloud.advance('P3D');
  expect(await counts()).toEqual([1, 0]);
  console.log(
    `three days and an hour of quarters of an hour: ${(await cloud.cpuSeconds()) - startSeconds} s of a processor`,
  );
  await tell([capturedDisposition({ ...decision, disposition: 'accepted', occurredAt: '2026-03-13T12:00:00.000Z' })]);
  expect(await counts()).toEqual([1, 1]);
});
