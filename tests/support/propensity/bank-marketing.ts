import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { FeatureVector } from '#domain/propensity/feature-vector.ts';
import { featuresOf } from '#domain/propensity/features.ts';
import type { JsonObject } from '#domain/text/json-object.ts';
import { sharedData } from '#support/shared-data.ts';

/** One call of the bank: what was known before it, as the features of a decision, and whether the client subscribed. */
export interface BankCall {
  readonly features: FeatureVector;
  readonly response: boolean;
}

export const bankMarketing = sharedData('bank_marketing/bank-full.csv.gz');

/**
 * The calls of the UCI Bank Marketing data (Moro, Cortez and Rita 2014) in their order. The client's columns are traits, those
 * of the call its context; `duration` is known only afterwards and left out.
 */
export function readBankCalls(): BankCall[] {
  const [head = '', ...lines] = gunzipSync(readFileSync(bankMarketing.file)).toString('utf8').trim().split('\n');
  const columns = head.split(';').map((name) => name.trim().replaceAll('"', ''));
  return lines.map((line) => {
    const cells = line.split(';').map((cell) => cell.trim());
    const row = new Map(columns.map((column, index) => [column, cellValue(cells[index] ?? '')]));
    const pick = (names: readonly string[]) => names.map((name): [string, unknown] => [`bank_${name}`, row.get(name)]);
    return {
      features: featuresOfCall(new Map(pick(client)), Object.fromEntries(pick(call))),
      response: row.get('y') === 'yes',
    };
  });
}

const client = ['age', 'job', 'marital', 'education', 'default', 'balance', 'housing', 'loan'];
const call = ['contact', 'day', 'month', 'campaign', 'pdays', 'previous', 'poutcome'];

const cellValue = (cell: string) => (cell.startsWith('"') ? cell.replaceAll('"', '') : Number(cell));

function featuresOfCall(traits: ReadonlyMap<string, unknown>, context: JsonObject): FeatureVector {
  const nothing = new Map<string, never>();
  const features = featuresOf({
    profile: {
      traits,
      interactions: 0,
      orders: 0,
      firstSeen: undefined,
      lastSeen: undefined,
      lastPurchase: undefined,
      purchases: nothing,
      touchpoints: nothing,
      channels: nothing,
      categories: nothing,
    },
    segments: [],
    responses: [],
    placementId: 'call-centre/outbound',
    context,
    nowMs: 0,
    wallMs: 0,
  });
  return features({ treatmentId: 'term-deposit-call', offerId: 'term-deposit', channel: 'call-centre' });
}
