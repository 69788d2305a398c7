import { LogicEngine } from 'json-logic-engine';
import { Engine } from 'json-rules-engine';
import { packTexts, unpackTexts } from '#adapters/decisions-table/decision-packing.ts';
import { decide } from '#domain/decision/decide.ts';
import { DecisionRequest } from '#domain/decision/decision-request.ts';
import { encodeDecision } from '#domain/decision/encode-decision.ts';
import { shownOf } from '#domain/decision/shown-of.ts';
import type { PersonaState } from '#domain/profile/persona-state.ts';
import type { RuleFacts } from '#domain/rule/rule-facts.ts';
import { ruleProfileOf } from '#domain/rule/rule-profile.ts';
import {
  type Condition,
  conditionsOf,
  context,
  customerStates,
  factsFor,
  placementId,
  planOf,
} from './decision-world.ts';

const size = { treatments: 500, rules: 10 };

/** How long something takes, in milliseconds. */
export interface Timing {
  readonly step: string;
  readonly p50: number;
  readonly p99: number;
  readonly perSecond: number;
}

/** What was measured of decisions. */
export interface DecisionTimings {
  readonly size: typeof size;
  readonly whole: Timing;
  readonly rules: Timing;
  /** Of rule engines that read the same rules as JSON. */
  readonly others: readonly Timing[];
  /** What such a decision showed, from its record as it is stored. */
  readonly shown: Timing;
}

/** Measures whole decisions, their rules alone beside two rule engines, and what it takes to read what was shown. */
export async function measureDecisions(): Promise<DecisionTimings> {
  const conditions = conditionsOf(size.treatments, size.rules);
  const states = customerStates(60);
  const plan = planOf(conditions);
  const treatments = plan.placements.get(placementId)?.treatments ?? [];
  const request = {
    ...DecisionRequest.parse({ customer: 'user_id:u', placements: [placementId], context }),
    touchpoint: 'web' as const,
  };
  const stateAt = (index: number): PersonaState => states[index % states.length] ?? factsFail();
  const rules = (state: PersonaState) => {
    const facts: RuleFacts = { profile: ruleProfileOf([state]), context, segments: new Set(), nowMs: 0 };
    const isTrue = plan.conditions.asked(facts);
    return treatments.filter(({ rules: own }) => own.every(({ rule }) => rule !== undefined && isTrue(rule, undefined)))
      .length;
  };
  const logic = jsonLogic(conditions);
  const engine = jsonRules(conditions);
  const passed = [rules(stateAt(0)), logic(plainFacts(stateAt(0))), await engine(plainFacts(stateAt(0)))];
  if (new Set(passed).size !== 1) throw new Error(`The engines disagree: ${passed.join(', ')} treatments pass`);
  const stored = packTexts([encodeDecision(decide(request, factsFor(plan, stateAt(0), 0)))]);
  return {
    size,
    whole: await timing('whole decision: facts, policies, scores', 600, (index) =>
      decide(request, factsFor(plan, stateAt(index), index)),
    ),
    rules: await timing('its rules alone', 600, (index) => rules(stateAt(index))),
    shown: await timing('what it showed, from its record', 600, () => unpackTexts(stored).map(shownOf)),
    others: [
      await timing('json-logic-engine, the same rules compiled', 600, (index) => logic(plainFacts(stateAt(index)))),
      await timing('json-rules-engine, the same rules', 20, (index) => engine(plainFacts(stateAt(index)))),
    ],
  };
}

function factsFail(): never {
  throw new Error('The seeded world has no customers');
}

function plainFacts(state: PersonaState) {
  const { interactions, sessions, orders } = ruleProfileOf([state]);
  return { profile: { interactions, sessions, orders }, context };
}

type PlainFacts = ReturnType<typeof plainFacts>;

function jsonLogic(conditions: readonly (readonly Condition[])[]): (facts: PlainFacts) => number {
  const engine = new LogicEngine();
  const operators = { equal: '==', greaterThanInclusive: '>=', lessThanInclusive: '<=' } as const;
  const compiled = conditions.map((own) =>
    engine.build({ and: own.map(({ fact, operator, value }) => ({ [operators[operator]]: [{ var: fact }, value] })) }),
  );
  return (facts) => compiled.filter((rule) => typeof rule === 'function' && rule(facts)).length;
}

function jsonRules(conditions: readonly (readonly Condition[])[]): (facts: PlainFacts) => Promise<number> {
  const engine = new Engine([], { allowUndefinedFacts: true });
  for (const [index, own] of conditions.entries()) {
    engine.addRule({
      conditions: {
        all: own.map(({ fact, operator, value }) => {
          const [root = '', name = ''] = fact.split('.');
          return { fact: root, path: `$.${name}`, operator, value };
        }),
      },
      event: { type: `t${index}` },
    });
  }
  return async (facts) => (await engine.run(facts)).events.length;
}

/** Runs that many times after a tenth to warm up. */
async function timing(step: string, runs: number, work: (index: number) => unknown): Promise<Timing> {
  const took: number[] = [];
  for (let index = -Math.ceil(runs / 10); index < runs; index += 1) {
    const startedAt = performance.now();
    await work(Math.abs(index));
    if (index >= 0) took.push(performance.now() - startedAt);
  }
  const sorted = took.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
  return { step, p50: at(0.5), p99: at(0.99), perSecond: 1000 / (took.reduce((sum, ms) => sum + ms, 0) / took.length) };
}
