import { describe, expect, test } from 'vitest';
import { decisionAccounts } from '#adapters/decisions-table/decision-accounts.ts';
import { packTexts } from '#adapters/decisions-table/decision-packing.ts';
import { DecisionRow } from '#contracts/lake/decisions/decisions-table.ts';
import { DispositionRow } from '#contracts/lake/dispositions/dispositions-table.ts';
import { InteractionRow } from '#contracts/lake/interactions/interactions-table.ts';
import { RejectedInteractionRow } from '#contracts/lake/rejected-interactions/rejected-interactions-table.ts';
import { rowAgain } from '#contracts/lake/row-again.ts';
import type { Decision } from '#domain/decision/decision.ts';
import { encodeDecision } from '#domain/decision/encode-decision.ts';
import { withProbabilities } from '#domain/decision/with-probabilities.ts';
import { transformationHandler } from '#runtime/transformation.ts';
import { busMessage, receivedDetail, rejectedDetail } from '#support/builders/bus-message.ts';
import { capturedDetail, capturedDisposition } from '#support/builders/captured-disposition.ts';
import { decisionFacts, offersNamed, outcomes } from '#support/builders/decision.ts';
import { interaction, rejection } from '#support/builders/interaction.ts';
import { lakeRows } from '#use-cases/land/lake-rows.ts';

const base64 = (text: string) => Buffer.from(text).toString('base64');

async function land(...texts: readonly string[]) {
  const records = texts.map((text, index) => ({ recordId: `r-${index}`, data: base64(text) }));
  const answer = await transformationHandler(lakeRows(decisionAccounts))({ records });
  return answer.records.map(({ data, ...record }) => ({
    ...record,
    text: Buffer.from(data, 'base64').toString('utf8'),
  }));
}

const received = busMessage('InteractionsReceived', receivedDetail());
const { decision } = outcomes(decisionFacts(offersNamed(['tv', 'fibre'])));
/** The account of a decision, as the bus brings it. */
const account = (of: Decision) => packTexts([encodeDecision(withProbabilities(of), 'account')]);
const decisionsMade = (...records: readonly Uint8Array[]) =>
  busMessage('DecisionMade', {
    id: 'e-4',
    occurredAt: '2026-03-10T12:00:01.000Z',
    schemaVersion: 1,
    decisions: records.map((record) => ({
      decisionId: decision.decisionId,
      decidedAt: '2026-03-02T12:00:00.000Z',
      customerId: 'customer-1',
      personaId: 'persona-1',
      touchpoint: 'web',
      treatments: [],
      record: Buffer.from(record).toString('base64'),
    })),
  });

describe('a record', () => {
  test('of interactions becomes one JSON document a row', async () => {
    const ofId = (messageId: string) => interaction({ messageId });
    const personas = { 'persona-1': ['a', 'b'].map(ofId), 'persona-2': [ofId('ü')] };
    const [record] = await land(busMessage('InteractionsReceived', receivedDetail(personas)));
    const rows = record?.text.split('\n').map((line) => InteractionRow.strict().parse(JSON.parse(line)));
    expect(record?.result).toBe('Ok');
    expect(rows?.map((row) => [row.message_id, row.persona_id])).toEqual([
      ['a', 'persona-1'],
      ['b', 'persona-1'],
      ['ü', 'persona-2'],
    ]);
  });

  test('of rejections becomes one JSON document a row', async () => {
    const rejections = [rejection(), rejection({ rejectionId: 'r-2' })];
    const [record] = await land(busMessage('InteractionsRejected', rejectedDetail({ rejections })));
    const rows = record?.text.split('\n').map((line) => RejectedInteractionRow.strict().parse(JSON.parse(line)));
    expect(rows?.map((row) => row.rejection_id)).toEqual(['r-1', 'r-2']);
  });

  test('of decisions becomes one JSON document a placement', async () => {
    const [record] = await land(decisionsMade(account(decision), account(decision)));
    const rows = record?.text.split('\n').map((line) => DecisionRow.strict().parse(JSON.parse(line)));
    expect(rows?.map((row) => [row.decision_id, row.placement_id])).toEqual(
      Array(2).fill([decision.decisionId, 'web/home-hero']),
    );
  });

  test('of dispositions becomes one JSON document each, whether anybody knows what they are about or not', async () => {
    const { decisionId, treatmentId, disposition, occurredAt } = capturedDisposition();
    const told = { decisionId, treatmentId, disposition, occurredAt: '2026-03-10T12:00:00.000Z' };
    const unknown = {
      ...told,
      receivedAt: '2026-03-10T12:00:01.000Z',
      touchpoint: 'web',
      unknown: 'decision' as const,
    };
    const [record] = await land(
      busMessage('DispositionCaptured', { ...capturedDetail(capturedDisposition()), unknown: [unknown] }),
    );
    const rows = record?.text.split('\n').map((line) => DispositionRow.strict().parse(JSON.parse(line)));
    expect(rows?.map((row) => [row.occurred_at, row.is_unknown])).toEqual([
      [occurredAt, false],
      [occurredAt, true],
    ]);
  });

  test.each<[string, string]>([
    ['no JSON', '{"detail'],
    ['no event of the bus', '{"a":1}'],
    ['of an unknown detail type', JSON.stringify({ 'detail-type': 'OrderShipped', detail: {} })],
    ['of a detail type without rows', JSON.stringify({ 'detail-type': 'ProfileChanged', detail: {} })],
    ['of a detail without its shape', JSON.stringify({ 'detail-type': 'InteractionsReceived', detail: { id: 1 } })],
    ['empty', ''],
    ['of a row which comes again with more than the row', '{"lakeRow":"{}","more":1}'],
    ['of a decision that can’t be decoded', decisionsMade(account({ ...decision, schema: 2 as never }))],
    ['of a decision that is told without what was found', decisionsMade(packTexts([encodeDecision(decision)]))],
    ['of a decision that can’t be inflated', decisionsMade(Uint8Array.of(0, 7))],
  ])('that is %s fails alone and keeps its data', async (_, text) => {
    const records = await land(received, text, received);
    expect(records.map(({ result }) => result)).toEqual(['Ok', 'ProcessingFailed', 'Ok']);
    expect(records[1]?.text).toBe(text);
  });

  test('that is a row which comes again is that row, digit for digit', async () => {
    const row = '{"message_id":"m","revenue_minor":9007199254740993,"score":1.0,"text":"Zoë \\"x\\""}';
    expect(await land(rowAgain(row))).toEqual([{ recordId: 'r-0', result: 'Ok', text: row }]);
  });

  test('keeps its id and its place', async () => {
    expect((await land(received, 'x', received)).map(({ recordId }) => recordId)).toEqual(['r-0', 'r-1', 'r-2']);
  });
});
