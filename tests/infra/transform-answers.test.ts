import { v7 as uuidv7 } from 'uuid';
import { describe, expect, test } from 'vitest';
import { decisionAccounts } from '#adapters/decisions-table/decision-accounts.ts';
import { packTexts } from '#adapters/decisions-table/decision-packing.ts';
import { type BusDetailType, busEvents } from '#contracts/bus/bus-event.ts';
import { largestDetailBytes } from '#contracts/bus/pack-details.ts';
import { encodeDecision } from '#domain/decision/encode-decision.ts';
import { withProbabilities } from '#domain/decision/with-probabilities.ts';
import type { IdentityChange } from '#domain/identity/identity-change.ts';
import { transformationHandler } from '#runtime/transformation.ts';
import { busMessage, receivedDetail, rejectedDetail } from '#support/builders/bus-message.ts';
import { campaignContact } from '#support/builders/campaign-contact.ts';
import { capturedDetail, capturedDisposition } from '#support/builders/captured-disposition.ts';
import { decisionFacts, offersNamed, outcomes } from '#support/builders/decision.ts';
import { interaction, rejection } from '#support/builders/interaction.ts';
import { type Json, StageTemplates } from '#support/stage-templates.ts';
import { lakeRows } from '#use-cases/land/lake-rows.ts';

const templates = new StageTemplates();
/** Lambda's quota for an answer: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const largestAnswer = 6 * 1024 * 1024;

const times = <Item>(count: number, make: (index: number) => Item) =>
  Array.from({ length: count }, (_, index) => make(index));
const envelope = { id: uuidv7(), occurredAt: '2026-03-10T12:00:01.000Z', schemaVersion: 1 as const };
const changes = (count: number, change: (index: number) => IdentityChange) => ({
  ...envelope,
  changes: times(count, change),
});
const place = { clusterId: uuidv7(), epoch: 12, index: 3, recordedAt: '2026-03-10T12:00:01.000Z' };
const segmentChange = { ...envelope, customerId: uuidv7(), segmentId: 'loyal', version: 7 };
const identifier = `email:${'a'.repeat(32)}`;

/** An event of `count` parts that have the fewest bytes for the rows that they become. */
const events: Readonly<Record<string, (count: number) => string>> = {
  InteractionsReceived: (count) =>
    busMessage(
      'InteractionsReceived',
      receivedDetail({ [uuidv7()]: times(count, (index) => interaction({ messageId: `m${index}` })) }),
    ),
  InteractionsRejected: (count) =>
    busMessage('InteractionsRejected', rejectedDetail({ rejections: times(count, () => rejection()) })),
  IdentityLinked: (count) =>
    busMessage(
      'IdentityLinked',
      changes(count, () => ({
        ...place,
        kind: 'link',
        identifier,
        otherIdentifier: identifier,
        occurredAt: place.recordedAt,
      })),
    ),
  IdentityMerged: (count) =>
    busMessage(
      'IdentityMerged',
      changes(1, () => ({
        ...place,
        kind: 'merge',
        customerId: uuidv7(),
        mergedCustomerIds: times(count, () => uuidv7()),
      })),
    ),
  IdentityMergeRefused: (count) =>
    busMessage(
      'IdentityMergeRefused',
      changes(count, () => ({ ...place, kind: 'share', identifier })),
    ),
  IdentityUnmerged: (count) =>
    busMessage(
      'IdentityUnmerged',
      changes(1, () => ({
        ...place,
        kind: 'unmerge',
        previousCustomerId: uuidv7(),
        reason: 'asked',
        customerIds: times(count, () => uuidv7()),
      })),
    ),
  DecisionMade: (count) => {
    const { decision } = outcomes(decisionFacts(offersNamed(times(100, (index) => `offer-${index}`))));
    const record = Buffer.from(packTexts([encodeDecision(withProbabilities(decision), 'account')])).toString('base64');
    const made = {
      decisionId: uuidv7(),
      decidedAt: place.recordedAt,
      customerId: uuidv7(),
      personaId: uuidv7(),
      touchpoint: 'web',
      treatments: [],
      record,
    };
    return busMessage('DecisionMade', { ...envelope, decisions: times(count, () => made) });
  },
  CampaignContactsChanged: (count) =>
    busMessage('CampaignContactsChanged', {
      ...envelope,
      contacts: times(count, (index) => campaignContact(`customer-${index}`)),
    }),
  CampaignRunChanged: () =>
    busMessage('CampaignRunChanged', {
      ...envelope,
      run: {
        runId: 'spring-1',
        campaignId: 'spring',
        ordinal: 1,
        dryRun: false,
        state: 'sending',
        revision: 7,
        startedAtMs: Date.UTC(2026, 2, 10),
        redrives: 0,
        startedBy: 'c-1',
        version: 3,
      },
    }),
  SegmentEntered: () => busMessage('SegmentEntered', segmentChange),
  SegmentExited: () => busMessage('SegmentExited', segmentChange),
  CatalogueChanged: (count) =>
    busMessage('CatalogueChanged', {
      ...envelope,
      changes: times(count, (index) => ({
        kind: 'offers' as const,
        id: `offer-${index}`,
        version: index + 1,
        changedAt: envelope.occurredAt,
        changedBy: 'c-1',
      })),
    }),
  DispositionCaptured: (count) =>
    busMessage('DispositionCaptured', capturedDetail(...times(count, () => capturedDisposition()))),
};

/** The largest event of a type that fits an entry of the bus. */
function fullEntry(type: string): string {
  const make = events[type];
  if (make === undefined) throw new Error(`This test knows no event ${type}`);
  const [one, hundred] = [make(1).length, make(101).length];
  // An event of one part has one size.
  if (one === hundred) return make(1);
  return make(Math.max(1, Math.floor((largestDetailBytes - one) / ((hundred - one) / 100))));
}

const landed = templates.resources('AWS::KinesisFirehose::DeliveryStream').map(({ id, properties }) => {
  const [processor] = properties.ExtendedS3DestinationConfiguration.ProcessingConfiguration.Processors;
  const { ParameterValue } = processor.Parameters.find(
    ({ ParameterName }: Json) => ParameterName === 'BufferSizeInMBs',
  );
  const rule = templates
    .resources('AWS::Events::Rule')
    .find(({ properties: { Targets } }) => Targets.some(({ Arn }: Json) => templates.text(Arn) === `${id}.Arn`));
  return {
    id,
    bufferBytes: Number(ParameterValue) * 1024 * 1024,
    types: rule?.properties.EventPattern['detail-type'] as BusDetailType[],
  };
});

describe.each(landed.flatMap(({ id, bufferBytes, types }) => types.map((type) => ({ id, bufferBytes, type }))))(
  'the transform of $id',
  ({ bufferBytes, type }) => {
    test(`answers a full buffer of ${type}, and a record more, in less than 6 MB`, async () => {
      const entry = fullEntry(type);
      const count = Math.ceil(bufferBytes / entry.length) + 1;
      const data = Buffer.from(entry).toString('base64');
      const { records } = await transformationHandler(lakeRows(decisionAccounts))({
        records: times(count, () => ({ recordId: uuidv7().repeat(2), data })),
      });
      expect(records.every(({ result }) => result === 'Ok')).toBe(true);
      expect(JSON.stringify({ records }).length).toBeLessThan(largestAnswer);
    });
  },
);

test('knows every event that becomes rows', () => {
  expect(new Set(landed.flatMap(({ types }) => types))).toEqual(new Set(Object.keys(events)));
  expect(Object.keys(busEvents)).toEqual(expect.arrayContaining(Object.keys(events)));
});
