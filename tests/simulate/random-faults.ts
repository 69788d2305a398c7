import type { FaultPlanInput } from '#local-cloud/faults/fault-plan.ts';
import { type Random, randomOf } from '#scripts/world/random.ts';

type Rule = FaultPlanInput['rules'][number];

/** Calls that matter most, each with what can happen to it. */
const kinds: readonly Rule[] = [
  { service: '*', effect: 'throttle' },
  { service: '*', effect: 'error' },
  { service: '*', effect: 'time-out-before' },
  { service: '*', effect: 'time-out-after' },
  { service: '*', effect: 'delay', seconds: 0.01 },
  { service: '*', effect: 'crash-before' },
  { service: '*', effect: 'crash-after' },
  { service: '*', effect: 'partial' },
  { service: 'apigateway', effect: 'throttle' },
  { service: 'apigateway', effect: 'time-out-after' },
  { service: 'dynamodb', operation: 'PutItem', effect: 'time-out-after' },
  { service: 'dynamodb', operation: 'PutItem', effect: 'throttle' },
  { service: 'dynamodb', operation: 'TransactWriteItems', effect: 'time-out-after' },
  { service: 'dynamodb', operation: 'TransactWriteItems', effect: 'throttle' },
  { service: 'dynamodb', operation: 'BatchGetItem', effect: 'partial' },
  { service: 'events', operation: 'PutEvents', effect: 'partial' },
  { service: 'events', operation: 'PutEvents', effect: 'duplicate' },
  { service: 'firehose', operation: 'PutRecord', effect: 'duplicate' },
  { service: 'lambda', operation: 'Invoke', effect: 'duplicate' },
  { service: 'lambda', operation: 'Invoke', function: 'land-events', effect: 'crash-after' },
  { service: 's3', operation: 'PutObject', effect: 'time-out-after' },
  { service: 'sqs', operation: 'DeleteMessageBatch', effect: 'partial' },
  { service: 'sqs', operation: 'ReceiveMessage', effect: 'duplicate' },
  { service: 'sqs', operation: 'ReceiveMessage', effect: 'reorder' },
  { service: 'sqs', operation: 'SendMessage', effect: 'delay', seconds: 120 },
  { service: 'sqs', operation: 'SendMessage', effect: 'duplicate' },
];

/** A plan of a few kinds of faults, some rare, some frequent, none certain; equal seeds, equal plans. */
export function randomFaults(seed: number): FaultPlanInput {
  const random = randomOf(seed * 31 + 7);
  const rules = Array.from({ length: 3 + random.below(6) }, () => ({
    ...likely(random.pick(kinds), random),
  }));
  return { seed, rules };
}

/**
 * Every kind at once: a share of all calls goes wrong in one of the ways in which any call can, and the same share of the
 * calls that can go wrong in a way of their own does so.
 */
export function allFaults(seed: number, share: number): FaultPlanInput {
  const ofAnyCall = kinds.filter(({ service }) => service === '*').length;
  const probability = ({ service }: Rule) => (service === '*' ? share / ofAnyCall : share);
  return { seed, rules: kinds.map((rule) => ({ ...rule, probability: probability(rule) })) };
}

/** What hits any call hits an invocation several times, and SDKs wait half a second and more after a throttle. */
function likely(rule: Rule, random: Random): Rule {
  const probability = random.pick(rule.service === '*' ? [0.01, 0.03, 0.06] : [0.02, 0.05, 0.1, 0.3]);
  return { ...rule, probability };
}
