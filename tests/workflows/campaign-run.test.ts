import { expect, test } from 'vitest';
import { evaluate } from '#local-cloud/services/step-functions/jsonata/evaluate.ts';
import { expressionsOf, workflowFiles } from '#support/workflow-files.ts';
import {
  CampaignRunInput,
  CheckAnswer,
  ChunkInput,
  CutAudienceInput,
  PreparedRun,
  ReleaseAnswer,
} from '#workflows/campaign/campaign-run.contract.ts';

const file = workflowFiles().find(({ name }) => name === 'campaign/campaign-run');
const expressions = file === undefined ? new Map<string, string>() : expressionsOf(file);

const runId = 'spring-7';
const query = "SELECT customer_id FROM v_customers WHERE plan = 'basic'";
const prepared = PreparedRun.parse({ runId, dryRun: false, query, toleratedFailurePercent: 5 });
const payload = (Payload: unknown) => ({ ExecutedVersion: '$LATEST', Payload, StatusCode: 200 });
const chunk = ChunkInput.parse({ runId, key: `campaign-runs/${runId}/batches/00000.json` });
const listed = { Etag: '"f9b"', Key: chunk.key, LastModified: 1767225600, Size: 4200, StorageClass: 'STANDARD' };
const manifest = 's3://lake/athena-results/1b2c-manifest.csv';
const queried = { QueryExecution: { Statistics: { DataManifestLocation: manifest, DataScannedInBytes: 7 } } };
const waits = { ...ReleaseAnswer.parse({ isReleased: false, waitSeconds: 30 }) };
const checks = { ...CheckAnswer.parse({ isOver: true, waitSeconds: 0 }) };
const variables = { ...prepared, manifest };
const inItem = { context: { Map: { Item: { Index: 0, Value: listed } } } };

/** What each expression is given beside the run's variables, and what it is to give. */
const cases: Readonly<Record<string, readonly [states: object, value: unknown]>> = {
  'Prepare run/Arguments/Payload/runId': [{ input: CampaignRunInput.parse({ runId }) }, runId],
  'Prepare run/Assign/runId': [{ result: payload(prepared) }, runId],
  'Prepare run/Assign/dryRun': [{ result: payload(prepared) }, false],
  'Prepare run/Assign/query': [{ result: payload(prepared) }, query],
  'Prepare run/Assign/toleratedFailurePercent': [{ result: payload(prepared) }, 5],
  'Audience named?/Choices/0/Condition': [{}, false],
  'Audience named?/Choices/0/Assign/manifest': [{}, ''],
  'Choose audience/Arguments/QueryString': [
    {},
    expect.stringMatching(
      /^UNLOAD \(SELECT customer_id FROM v_customers WHERE plan = 'basic'\) TO 's3:\/\/lake\/campaign-runs\/spring-7\/audience\/[0-9a-f-]{36}\/' WITH \(format = 'JSON'\)$/,
    ),
  ],
  'Choose audience/Assign/manifest': [{ result: queried }, manifest],
  'Cut audience/Arguments/Payload/runId': [{}, CutAudienceInput.parse({ runId, manifest }).runId],
  'Cut audience/Arguments/Payload/manifest': [{}, manifest],
  'Appraise batches/ItemReader/Arguments/Prefix': [{}, 'campaign-runs/spring-7/batches/'],
  'Appraise batches/ItemSelector/runId': [inItem, runId],
  'Appraise batches/ItemSelector/key': [inItem, chunk.key],
  'Appraise batches/ToleratedFailurePercentage': [{}, 5],
  'Appraise batches/ItemProcessor/States/Appraise batch/Arguments/Payload': [{ input: chunk }, chunk],
  'Allocate run/Arguments/Payload/runId': [{}, runId],
  'Dry run?/Choices/0/Condition': [{}, false],
  'Contact batches/ItemReader/Arguments/Prefix': [{}, 'campaign-runs/spring-7/assignments/'],
  'Contact batches/ItemSelector/runId': [inItem, runId],
  'Contact batches/ItemSelector/key': [inItem, chunk.key],
  'Contact batches/ToleratedFailurePercentage': [{}, 5],
  'Contact batches/ItemProcessor/States/Contact batch/Arguments/Payload': [{ input: chunk }, chunk],
  'Contact batches/ItemProcessor/States/Contact batch/Output': [{ input: chunk }, chunk],
  'Contact batches/ItemProcessor/States/Contact batch/Catch/0/Output': [{ input: chunk }, chunk],
  'Release run/Arguments/Payload/runId': [{}, runId],
  'Release run/Output': [{ result: payload(waits) }, waits],
  'Released?/Choices/0/Condition': [{ input: waits }, false],
  'Wait for others/Seconds': [{ input: waits }, 30],
  'Check run/Arguments/Payload/runId': [{}, runId],
  'Check run/Output': [{ result: payload(checks) }, checks],
  'Over?/Choices/0/Condition': [{ input: checks }, true],
  'Wait for messages/Seconds': [{ input: waits }, 30],
  'Summarise run/Arguments/Payload/runId': [{}, runId],
};

test('every expression has a document that it is tried on', () => {
  expect([...expressions.keys()].sort()).toEqual(Object.keys(cases).sort());
});

test.each(Object.entries(cases))('%s', async (path, [states, value]) => {
  const text = expressions.get(path)?.replace('${LakeBucket}', 'lake');
  const found = await evaluate(text, path, { states: { ...states }, variables, nowMs: 0 });
  expect(found).toEqual(value);
});
