import { describe, expect, test } from 'vitest';
import { type Learned, learnResponses, type PresentedResponse } from '#domain/propensity/learn-responses.ts';
import { decodeProcessed, encodeProcessed, presentationHash, slotOf } from '#domain/propensity/processed-responses.ts';
import { responseOf } from '#domain/propensity/response-of.ts';
import { dispositions } from '#domain/vocabulary/disposition.ts';

const nothing: Learned = { models: new Map(), processed: new Map() };
const response = (over: Partial<PresentedResponse> = {}): PresentedResponse => ({
  decisionId: 'd-1',
  decidedAt: '2026-03-10T12:34:56.000Z',
  treatmentId: 'sale-hero',
  offerId: 'sale',
  channel: 'web',
  features: [1, 2],
  response: false,
  atMs: Date.UTC(2026, 2, 10, 13),
  ...over,
});
const after = (before: Learned, changed: Learned): Learned => ({
  models: new Map([...before.models, ...changed.models]),
  processed: new Map([...before.processed, ...changed.processed]),
});
const counts = ({ models }: Learned, name = 'treatment#sale-hero') => {
  const model = models.get(name);
  return [model?.responses, model?.positives];
};

describe('a presentation', () => {
  test('teaches its treatment, its offer and its channel', () => {
    const changed = learnResponses(nothing, [response()]);
    expect([...changed.models.keys()].sort()).toEqual(['channel#web', 'offer#sale', 'treatment#sale-hero']);
    for (const name of changed.models.keys()) expect(counts(changed, name)).toEqual([1, 0]);
  });

  test('teaches once, however often it is told, in one batch or in two', () => {
    const once = learnResponses(nothing, [response(), response()]);
    expect(counts(once)).toEqual([1, 0]);
    expect(learnResponses(once, [response()])).toEqual(nothing);
  });

  test('is corrected by a positive response after a negative one, and by nothing after that', () => {
    const ignored = learnResponses(nothing, [response()]);
    const accepted = after(ignored, learnResponses(ignored, [response({ response: true })]));
    expect(counts(accepted)).toEqual([1, 1]);
    expect(learnResponses(accepted, [response({ response: true }), response()])).toEqual(nothing);
  });

  test('is learned in the order of time, whatever the order of arrival', () => {
    const late = response({ response: true, atMs: Date.UTC(2026, 2, 11) });
    expect(learnResponses(nothing, [late, response()])).toEqual(learnResponses(nothing, [response(), late]));
  });

  test('is another one for another treatment or decision', () => {
    const changed = learnResponses(nothing, [
      response(),
      response({ treatmentId: 'sale-side' }),
      response({ decisionId: 'd-2' }),
    ]);
    expect(counts(changed)).toEqual([2, 0]);
    expect(counts(changed, 'offer#sale')).toEqual([3, 0]);
  });

  test('is remembered in the hour of its decision, however its time is written', () => {
    expect(slotOf('2026-03-10T23:59:59+01:00')).toBe('2026-03-10T22');
    const [slot] = learnResponses(nothing, [response()]).processed.keys();
    expect(slot).toBe('sale-hero@2026-03-10T12');
  });
});

describe('what was learned from', () => {
  test('is read back, in six bytes each', () => {
    const processed = new Map(
      Array.from({ length: 500 }, (_, index) => [presentationHash(`d-${index}`, 't'), index % 3 === 0] as const),
    );
    const bytes = encodeProcessed(processed);
    expect(bytes.length).toBe(6 * 500);
    expect(new Map([...decodeProcessed(bytes)].sort())).toEqual(new Map([...processed].sort()));
    expect(() => decodeProcessed(bytes.subarray(1))).toThrow(RangeError);
  });

  test('has hashes of up to 47 bits that differ', () => {
    const hashes = Array.from({ length: 60_000 }, (_, index) => presentationHash(`0199-${index}`, 'sale-hero'));
    expect(new Set(hashes).size).toBe(hashes.length);
    expect(Math.max(...hashes)).toBeLessThan(2 ** 47);
    expect(Math.max(...hashes)).toBeGreaterThan(2 ** 46);
  });
});

describe('a disposition', () => {
  const responses = (goal: 'acceptance' | 'click') =>
    Object.fromEntries(dispositions.map((disposition) => [disposition, responseOf(disposition, goal)]));

  test('is a positive response when the customer did what the offer wants, a negative one when it is sure not to come', () => {
    expect(responses('acceptance')).toEqual({
      presented: undefined,
      clicked: undefined,
      accepted: true,
      rejected: false,
      ignored: false,
      'no-answer': undefined,
      bounced: undefined,
      complained: false,
      unsubscribed: false,
      converted: true,
    });
  });

  test('counts a click where a click is the goal', () => {
    expect(responses('click')).toEqual({ ...responses('acceptance'), clicked: true });
  });
});
