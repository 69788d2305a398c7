import { createHash } from 'node:crypto';
import { readCatalogue } from '#domain/catalogue/catalogue.ts';
import { decide } from '#domain/decision/decide.ts';
import type { Decision } from '#domain/decision/decision.ts';
import { type DecisionPlan, decisionPlan } from '#domain/decision/decision-plan.ts';
import { DecisionRequest } from '#domain/decision/decision-request.ts';
import { factsOf } from '#domain/decision/facts-of.ts';
import { type AskModels, askModels } from '#domain/decision/model-propensities.ts';
import { responsesIn } from '#domain/profile/responses.ts';
import { ruleProfileOf } from '#domain/rule/rule-profile.ts';
import type { JsonObject } from '#domain/text/json-object.ts';
import { type Draws, drawsOf } from './draws.ts';
import { seededBudgets, seededCatalogue, seededPlacements } from './seeded-catalogue.ts';
import { type SeededCustomer, seededCustomer } from './seeded-customer.ts';
import { seededModels } from './seeded-models.ts';

/** Noon of 2 March 2026, UTC: what all seeded decisions are made around. */
const noonMs = Date.UTC(2026, 2, 2, 12);
const customersOfWorld = 12;
const decisionsOfWorld = 100;

interface World {
  readonly plan: DecisionPlan;
  readonly customers: readonly SeededCustomer[];
  readonly ask: AskModels;
}

/** Decisions that a seed determines, a hundred from each of some catalogues: through every kind of exclusion, arm, limit and outcome. */
export function* seededDecisions(seed: number, decisions: number): Generator<Decision> {
  let world: World | undefined;
  for (let index = 0; index < decisions; index += 1) {
    if (index % decisionsOfWorld === 0) world = worldOf(`world ${seed} ${index}`);
    if (world !== undefined) yield seededDecision(drawsOf(`decision ${seed} ${index}`), world, `${seed}-${index}`);
  }
}

function worldOf(name: string): World {
  const draws = drawsOf(name);
  const plan = decisionPlan(readCatalogue(seededCatalogue(draws)));
  const customers = Array.from({ length: customersOfWorld }, (_, index) =>
    seededCustomer(draws, `persona-${index}`, noonMs),
  );
  const moments = customers.flatMap(({ states: [state] }) =>
    state === undefined
      ? []
      : [
          {
            profile: ruleProfileOf([state]),
            segments: [],
            responses: responsesIn(state.responses),
            placementId: 'web/home-hero',
            context: contextOf(draws),
            nowMs: noonMs,
            wallMs: noonMs,
          },
        ],
  );
  return { plan, customers, ask: askModels(seededModels(name, moments)) };
}

function contextOf(draws: Draws): JsonObject {
  const said: [string, unknown][] = [
    ['page', draws.pick(['home', 'home', 'checkout', 'search'])],
    ['basket', draws.below(80)],
    ['hour', draws.below(24)],
    ['vip', draws.happens(0.3)],
    ['mood', draws.share()],
  ];
  return Object.fromEntries(draws.some(said, 0.85));
}

function seededDecision(draws: Draws, { plan, customers, ask }: World, name: string): Decision {
  const { personaId, states, ledger, consents } =
    customers[draws.below(customers.length)] ?? seededCustomer(draws, 'p', 0);
  const asked = draws.some(seededPlacements, 0.45);
  const request = DecisionRequest.parse({
    customer: 'user_id:u1',
    placements: asked.length === 0 ? ['web/home-hero'] : draws.happens(0.5) ? asked : asked.toReversed(),
    context: contextOf(draws),
    ...(draws.happens(0.3) ? { limit: 1 + draws.below(4) } : {}),
    explain: draws.happens(0.4),
    preview: draws.happens(0.15),
  });
  const budgets = draws
    .some(seededBudgets, 0.95)
    .map((budgetId) => [budgetId, { left: draws.between(0, 8), price: draws.pick([0, 40, 400]) }] as const);
  const facts = factsOf({
    decisionId: `019cad2f-0000-7000-8000-${createHash('sha256').update(name).digest('hex').slice(0, 12)}`,
    personaId,
    asksPerson: draws.happens(0.5),
    nowMs: noonMs + Math.floor(draws.between(-0.5, 0.5) * 86_400_000),
    plan,
    customer: { customerId: `customer-of-${personaId}`, states, ledger },
    budgets: new Map(budgets),
    askModels: draws.happens(0.05) ? undefined : ask,
    // A customer of few would be in few arms.
    hash: (text) => createHash('sha256').update(`${name} ${text}`).digest('hex'),
    usualZone: 'Europe/Berlin',
  });
  return decide({ ...request, touchpoint: 'web' }, { ...facts, consents });
}
