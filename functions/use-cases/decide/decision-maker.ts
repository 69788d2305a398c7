import type { Budget } from '#domain/budget/budget.ts';
import type { BudgetView } from '#domain/budget/budget-view.ts';
import { boundedLedger } from '#domain/contact-policy/bounded-ledger.ts';
import { withContacts, withoutDecision } from '#domain/contact-policy/contact-ledger.ts';
import { withExposures } from '#domain/contact-policy/exposure.ts';
import type { Asked } from '#domain/decision/asked.ts';
import { decide } from '#domain/decision/decide.ts';
import type { Decision } from '#domain/decision/decision.ts';
import { contactsOf, newExposures, usesOf, worthOf } from '#domain/decision/decision-effects.ts';
import type { DecisionPlan } from '#domain/decision/decision-plan.ts';
import type { DecisionRequest } from '#domain/decision/decision-request.ts';
import { factsOf } from '#domain/decision/facts-of.ts';
import type { AskModels } from '#domain/decision/model-propensities.ts';
import type { ModelKey } from '#domain/propensity/model-key.ts';
import type { Budgets, Spending } from '#ports/budgets.ts';
import type { ContactLedgers } from '#ports/contact-ledgers.ts';
import type { DecidedCustomer, DecisionReads } from '#ports/decision-reads.ts';
import type { Decisions } from '#ports/decisions.ts';
import { BatchReusedError, CustomerContendedError } from '#runtime/errors.ts';
import { gather } from '#runtime/gather.ts';
import { untilSettled } from '#runtime/retry.ts';

export interface DecisionMakerDeps {
  readonly reads: DecisionReads;
  readonly ledgers: Pick<ContactLedgers, 'reserve'>;
  readonly decisions: Decisions;
  readonly budgets: Budgets;
  /** What models say; absent when they could not be read in time. */
  readonly models: (keys: readonly ModelKey[]) => Promise<AskModels | undefined>;
  /** SHA-256 of a text in hex. */
  readonly hash: (text: string) => string;
  /** IANA time zone of customers who have not told theirs. */
  readonly usualZone: string;
  readonly now: () => number;
  /** Waits before attempt `n` + 1 after somebody else was faster. */
  readonly pause: (attempt: number) => Promise<void>;
}

/** One decision to be made. */
export interface Question {
  readonly personaId: string;
  readonly request: DecisionRequest & { readonly touchpoint: string };
  readonly decisionId: string;
  /** Whether a person is asked for, not a browser or a device. */
  readonly asksPerson: boolean;
  readonly asked: Asked;
  /** Whether the same question may be asked again under this id, even at the same time. */
  readonly isRepeatable: boolean;
}

/** A customer's contacts, budgets or pointers change under a decision at most so often. */
const attempts = 12;
const customersAtOnce = 16;
/** How often a decision that somebody else makes just now is looked for. */
const looksForOther = 5;

/** Makes decisions: reads, decides, takes budgets, reserves contacts, records. What is answered has been counted. */
export function decisionMaker(deps: DecisionMakerDeps) {
  /** Decides and reserves until nobody else was faster. Nothing is recorded yet, unless it was before. */
  async function settle(plan: DecisionPlan, question: Question): Promise<Settled> {
    const { decisionId, personaId, request, isRepeatable } = question;
    const used = budgetsOf(plan, request);
    const [askModels, seen] = await Promise.all([
      deps.models(modelKeysOf(plan, request)),
      used.length === 0 ? [] : deps.budgets.view(used, deps.now()),
    ]);
    const views = new Map(seen);
    const settled = await untilSettled(attempts, deps.pause, async (attempt): Promise<Settled | 'conflict'> => {
      const freshness = attempt === 1 ? 'eventual' : 'latest';
      const { customer, made } = await deps.reads.load(personaId, freshness, isRepeatable ? decisionId : undefined);
      if (made !== undefined) return { decision: made, isMade: true };
      const mine = customer.ledger.contacts.some((contact) => contact.decisionId === decisionId);
      // Somebody who was asked the same is between two writes, or died there: then this goes on.
      const theirs = mine ? await decisionOfOther(decisionId) : undefined;
      if (theirs !== undefined) return { decision: theirs, isMade: true };

      const ledger = mine ? withoutDecision(customer.ledger, decisionId) : customer.ledger;
      return attemptOnce(plan, question, { ...customer, ledger }, views, askModels);
    });
    if (settled === 'conflict')
      throw new CustomerContendedError(`A customer changed under ${attempts} attempts to decide for them`);
    return settled;
  }

  /** Decides, as often as a budget has less than was thought, takes budgets and reserves contacts. */
  async function attemptOnce(
    plan: DecisionPlan,
    question: Question,
    customer: DecidedCustomer,
    views: Map<string, BudgetView>,
    askModels: AskModels | undefined,
  ): Promise<Settled | 'conflict'> {
    let decision = decideOnce(plan, question, customer, views, askModels);
    if (question.request.preview) return { decision, isMade: true };
    let spending = await spend(decision, views);
    // Each time one budget more is out: it ends.
    while (spending === undefined) {
      decision = decideOnce(plan, question, customer, views, askModels);
      spending = await spend(decision, views);
    }
    if ((await reserve(plan, question, decision, customer)) === 'saved') return { decision, isMade: false, spending };
    deps.budgets.giveBack(spending);
    return 'conflict';
  }

  function decideOnce(
    plan: DecisionPlan,
    { decisionId, personaId, asksPerson, request, asked }: Question,
    customer: DecidedCustomer,
    views: ReadonlyMap<string, BudgetView>,
    askModels: AskModels | undefined,
  ): Decision {
    const facts = factsOf({
      decisionId,
      personaId,
      asksPerson,
      plan,
      customer,
      budgets: views,
      askModels,
      hash: deps.hash,
      usualZone: deps.usualZone,
      nowMs: deps.now(),
    });
    return { ...decide(request, facts), asked };
  }

  /** Takes what the decision uses; undefined when a budget is short, which the views then say. */
  async function spend(decision: Decision, views: Map<string, BudgetView>): Promise<Spending | undefined> {
    const uses = usesOf(decision);
    const taken = await deps.budgets.take(uses, worthOf(decision), decision.atMs);
    if (taken.kind === 'taken') return taken;
    views.set(taken.budgetId, { price: views.get(taken.budgetId)?.price ?? 0, left: 0 });
    return undefined;
  }

  async function reserve(
    plan: DecisionPlan,
    question: Question,
    decision: Decision,
    { before, ledger }: DecidedCustomer,
  ) {
    const contacts = contactsOf(decision);
    const exposures = newExposures(decision, plan, ledger, question.asksPerson);
    if (contacts.length === 0 && exposures.length === 0) return 'saved';
    const policies = [...plan.catalogue.contactPolicies.values()];
    const kept = boundedLedger(withContacts(withExposures(ledger, exposures), contacts), policies, decision.atMs);
    return deps.ledgers.reserve(before, kept, decision.atMs);
  }

  async function decisionOfOther(decisionId: string): Promise<Decision | undefined> {
    const patiently = (attempt: number) => deps.pause(attempt + 3);
    const find = async () => (await deps.decisions.find(decisionId)) ?? 'conflict';
    const found = await untilSettled(looksForOther, patiently, find);
    return found === 'conflict' ? undefined : found;
  }

  /** Records what was settled; where somebody else had recorded it before, theirs counts. */
  async function record(settled: readonly Settled[]): Promise<Decision[]> {
    const fresh = settled.flatMap((each) => (each.isMade ? [] : [each]));
    const [first, ...rest] = fresh.map(({ decision }) => decision);
    if (first === undefined || (await deps.decisions.save([first, ...rest])) === 'saved') {
      return settled.map(({ decision }) => decision);
    }
    return Promise.all(
      settled.map(async ({ decision, spending }) => {
        const recorded = await deps.decisions.find(decision.decisionId);
        if (recorded === undefined)
          throw new CustomerContendedError('Somebody else records the same decision just now');
        // Ours stands there if only the answer of the save was lost: then it is spent.
        if (spending !== undefined && recorded.atMs !== decision.atMs) deps.budgets.giveBack(spending);
        return recorded;
      }),
    );
  }

  /** The decisions of a batch that was recorded before: all of them or none. */
  async function madeBefore(
    questions: readonly Pick<Question, 'decisionId' | 'personaId' | 'asked'>[],
  ): Promise<Decision[] | undefined> {
    const [first] = questions;
    if (first === undefined || (await deps.decisions.find(first.decisionId)) === undefined) return undefined;
    return Promise.all(
      questions.map(async (question) => {
        const decision = await deps.decisions.find(question.decisionId);
        return sameQuestion(question, decision);
      }),
    );
  }

  return {
    /** One decision. Throws {@link CustomerContendedError}. */
    async decideOne(plan: DecisionPlan, question: Question): Promise<Decision> {
      const [decision] = await record([await settle(plan, question)]);
      if (decision === undefined) throw new CustomerContendedError('A decision was not recorded');
      return decision;
    },

    /**
     * Decisions for many customers under ids of one batch, recorded together; made again, they are those of the first time.
     * Throws {@link CustomerContendedError} when one can't be made; what was reserved then counts for the next attempt. Throws
     * {@link BatchReusedError} when the batch was made for other customers, or another question.
     */
    async decideBatch(plan: DecisionPlan, questions: readonly Omit<Question, 'isRepeatable'>[]): Promise<Decision[]> {
      const made = await madeBefore(questions);
      if (made !== undefined) return made;
      const outcomes = await gather(questions, customersAtOnce, (question) =>
        settle(plan, { ...question, isRepeatable: false }).catch((fault: unknown) => ({ fault })),
      );
      const settled = outcomes.flatMap((outcome) => ('fault' in outcome ? [] : [outcome]));
      const failed = outcomes.find((outcome) => 'fault' in outcome);
      if (failed === undefined) {
        const recorded = await record(settled);
        return questions.map((question, index) => sameQuestion(question, recorded[index]));
      }
      // Nothing is recorded: when they are decided again they take their budgets again.
      for (const { spending } of settled) if (spending !== undefined) deps.budgets.giveBack(spending);
      throw failed.fault;
    },
  };
}

/** A decision with its contacts counted and its budgets taken, or one that was made before. */
interface Settled {
  readonly decision: Decision;
  readonly isMade: boolean;
  readonly spending?: Spending;
}

/** The decision of a batch, when it answers what is asked now. */
function sameQuestion(
  { decisionId, personaId, asked }: Pick<Question, 'decisionId' | 'personaId' | 'asked'>,
  decision: Decision | undefined,
): Decision {
  const isSame = decision?.personaId === personaId && (decision.asked ?? asked).fingerprint === asked.fingerprint;
  if (isSame) return decision;
  throw new BatchReusedError(`The batch of decision ${decisionId} was made for other customers or another question`);
}

function budgetsOf({ placements, catalogue }: DecisionPlan, request: DecisionRequest): Budget[] {
  const ids = request.placements.flatMap((id) => placements.get(id)?.budgetIds ?? []);
  return [...new Set(ids)].flatMap((id) => catalogue.budgets.get(id) ?? []);
}

function modelKeysOf({ placements }: DecisionPlan, request: DecisionRequest): readonly ModelKey[] {
  const [first, ...others] = request.placements.map((id) => placements.get(id)?.modelKeys ?? []);
  return others.length === 0 ? (first ?? []) : [first ?? [], ...others].flat();
}
