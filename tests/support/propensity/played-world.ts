import { MemoryTrainingStore } from '#adapters/in-memory/memory-training-store.ts';
import { MemoryWaitingPresentations } from '#adapters/in-memory/memory-waiting-presentations.ts';
import { dayMs, dayNumberOf } from '#domain/calendar/days.ts';
import type { CapturedDisposition } from '#domain/disposition/captured-disposition.ts';
import type { CountedResponse } from '#domain/profile/responses.ts';
import { encodeFeatures, type FeatureVector } from '#domain/propensity/feature-vector.ts';
import { featuresOf } from '#domain/propensity/features.ts';
import { priorModel } from '#domain/propensity/inherited-prior.ts';
import { basePrior } from '#domain/propensity/prior.ts';
import { emptyRecord, posteriorOf, probability } from '#domain/propensity/propensity-model.ts';
import { queueHandler } from '#runtime/queue.ts';
import { queueWithTimes } from '#runtime/queue-with-times.ts';
import { type Random, randomOf } from '#scripts/world/random.ts';
import { busMessage } from '#support/builders/bus-message.ts';
import { capturedDetail, capturedDisposition } from '#support/builders/captured-disposition.ts';
import { FakeBus } from '#support/fakes/fake-bus.ts';
import { learnFromDispositions } from '#use-cases/learn/learn-from-dispositions.ts';
import { tellUnanswered } from '#use-cases/learn/tell-unanswered.ts';

const startMs = Date.UTC(2026, 2, 1);
const quarterMs = 15 * 60_000;

/** What is shown on the web, and how much likelier than usual a yes is. */
const treatments = { 'sale-hero': 1, 'sale-side': 0.7, 'sport-hero': 1.3 } as const;
type Treatment = keyof typeof treatments;
/** Plans of as many guests each, and how much likelier than usual a yes is. */
const plans = { basic: 5 / 9, plus: 1, max: 13 / 9 } as const;
type Plan = keyof typeof plans;

export interface PlayedWorld {
  readonly seed: number;
  readonly guests: number;
  readonly days: number;
  /** Whether touchpoints tell what was presented. */
  readonly tellsPresented: boolean;
  /** How often a usual guest says yes to a usual treatment. */
  readonly rate: number;
  /** Part of the yeses that come after one to `latestDays` days instead of within minutes. */
  readonly lateYeses: number;
  readonly latestDays: number;
  /** From which day on nothing is shown any more, while guests still come and late yeses still do. */
  readonly shownUntilDay: number;
  readonly countedFromDay: number;
  /** Part of the presentations that are answered with a no. */
  readonly noes: number;
}

/** What models expected when treatments were shown, and what is true, on average of a treatment or of guests who have a plan. */
export interface ExpectedAndTrue {
  readonly of: string;
  readonly expected: number;
  readonly true: number;
}

const trueRate = (rate: number, treatment: Treatment, plan: Plan) => rate * treatments[treatment] * plans[plan];

/**
 * Plays guests with known rates of response: most days each comes to the web, sees a treatment drawn by lot, and says yes, no or, mostly,
 * nothing. Models learn as they do in the cloud, from messages in their order and from the quarters of an hour that pass. What they
 * expect counts from a day on: in its first hour of silence nobody knows that it is one.
 */
export async function playedWorld(world: PlayedWorld): Promise<ExpectedAndTrue[]> {
  const random = randomOf(world.seed);
  const { handle, pass, expect } = learner();
  const visits = Array.from({ length: world.guests }, (_, index) => guestOf(index)).flatMap((guest) =>
    life(guest, world, random),
  );
  const quarterOf = (atMs: number) => Math.ceil(atMs / quarterMs) * quarterMs;
  const visitsAt = Map.groupBy(visits, ({ atMs }) => quarterOf(atMs));
  const toldAt = Map.groupBy(
    visits.flatMap(({ told }) => told),
    ({ occurredAt }) => quarterOf(Date.parse(occurredAt)),
  );
  const rows: Row[] = [];
  const expectedOf = new Map<string, number>();
  for (let atMs = startMs; atMs <= startMs + world.days * dayMs; atMs += quarterMs) {
    const seen = (visitsAt.get(atMs) ?? []).map((visit) => ({ ...visit, expected: expect(visit) }));
    for (const { decisionId, expected } of seen) expectedOf.set(decisionId, expected);
    if (atMs > startMs + world.countedFromDay * dayMs) rows.push(...seen);
    const told = (toldAt.get(atMs) ?? []).map(({ record, ...each }) => {
      const propensity = expectedOf.get(each.decisionId) ?? null;
      return { ...each, record: { ...record, propensity } };
    });
    await handle(told.map((each) => busMessage('DispositionCaptured', capturedDetail(each))));
    await pass(atMs);
  }
  return [
    meanOf('all', rows),
    ...names(treatments).map((treatment) =>
      meanOf(
        treatment,
        rows.filter((row) => row.treatment === treatment),
      ),
    ),
    ...names(plans).map((plan) =>
      meanOf(
        plan,
        rows.filter((row) => row.plan === plan),
      ),
    ),
  ];
}

/** A visit with what models expected of it. */
type Row = Pick<Visit, 'treatment' | 'plan' | 'true'> & { readonly expected: number };

/** The function with its queue, in memory. */
function learner() {
  const trainingStore = new MemoryTrainingStore();
  const waiting = new MemoryWaitingPresentations();
  const bus = new FakeBus();
  let nowMs = startMs;
  const now = () => nowMs;
  const deliver = queueWithTimes(
    tellUnanswered({ waiting, bus, now, newId: () => 'id' }),
    queueHandler(learnFromDispositions({ trainingStore, waiting, now, pause: async () => {} })),
  );
  const handle = async (bodies: readonly string[]) => {
    if (bodies.length === 0) return;
    const { batchItemFailures } = await deliver({
      Records: bodies.map((body, index) => ({ messageId: `${index}`, body })),
    });
    if (batchItemFailures.length > 0) throw new Error(`${batchItemFailures.length} messages were not learned`);
  };
  return {
    handle,
    expect({ treatment, features }: Visit): number {
      const { models } = trainingStore;
      const kin = (name: string) => ({ record: models.get(name) ?? emptyRecord, prior: basePrior });
      const prior = priorModel({ offer: kin(`offer#${offerOf(treatment)}`), channel: kin('channel#web') });
      const record = models.get(`treatment#${treatment}`) ?? emptyRecord;
      return probability(posteriorOf({ record, prior }, features));
    },
    async pass(atMs: number) {
      nowMs = atMs;
      await handle([JSON.stringify({ 'detail-type': 'Scheduled Event', time: new Date(atMs).toISOString() })]);
      const due = bus.details('PresentationsUnanswered');
      bus.entries.length = 0;
      await handle(due.map((detail) => busMessage('PresentationsUnanswered', detail)));
    },
  };
}

interface Guest {
  readonly id: string;
  readonly plan: Plan;
  readonly visits: number[];
  readonly responses: CountedResponse[];
}

function guestOf(index: number): Guest {
  const all = names(plans);
  return { id: `guest-${index}`, plan: all[index % all.length] ?? 'basic', visits: [], responses: [] };
}

/** A treatment that a guest was shown, how likely a yes was, and what touchpoints tell of it. */
interface Visit {
  readonly decisionId: string;
  readonly atMs: number;
  readonly plan: Plan;
  readonly treatment: Treatment;
  readonly features: FeatureVector;
  readonly true: number;
  readonly told: readonly CapturedDisposition[];
}

/** A guest's visits, in order of time. */
function life(guest: Guest, world: PlayedWorld, random: Random): Visit[] {
  const { days, tellsPresented, rate, lateYeses, latestDays, shownUntilDay, noes } = world;
  return Array.from({ length: days }, (_, day): Visit[] => {
    if (random.next() < 0.2) return [];
    const atMs = startMs + day * dayMs + Math.floor(random.next() * dayMs * 0.9);
    guest.visits.push(atMs);
    const { plan } = guest;
    const decisionId = `${guest.id}-${day}`;
    const treatment = random.pick(names(treatments));
    const features = featuresAt(guest, treatment, atMs);
    const presented = { treatmentId: treatment, offerId: offerOf(treatment), channel: 'web' };
    const tell = (disposition: CapturedDisposition['disposition'], afterMs: number) => {
      guest.responses.push({ ...presented, group: 'sales', disposition, day: dayNumberOf(atMs + afterMs), count: 1 });
      return capturedDisposition({
        ...presented,
        decisionId,
        decidedAt: new Date(atMs).toISOString(),
        occurredAt: new Date(atMs + afterMs).toISOString(),
        disposition,
        features: encodeFeatures(features),
      });
    };
    const said = random.next();
    const isYes = said < trueRate(rate, treatment, plan);
    const minutesMs = 60_000 * (1 + random.below(20));
    const yesAfterMs = Math.round(
      random.next() < lateYeses ? dayMs * (1 + (latestDays - 1) * random.next()) : minutesMs,
    );
    const isShown = day < shownUntilDay;
    const told = [
      ...(isShown && tellsPresented ? [tell('presented', 1000)] : []),
      ...(isShown && isYes ? [tell('accepted', yesAfterMs)] : []),
      ...(isShown && !isYes && said > 1 - noes ? [tell('rejected', minutesMs)] : []),
    ];
    return [{ decisionId, atMs, plan, treatment, features, true: trueRate(rate, treatment, plan), told }];
  }).flat();
}

function featuresAt({ plan, visits, responses }: Guest, treatment: Treatment, nowMs: number) {
  const before = visits.filter((atMs) => atMs <= nowMs);
  const profile = {
    traits: new Map([['plan', plan]]),
    interactions: before.length,
    orders: 0,
    firstSeen: before[0],
    lastSeen: before.at(-1),
    lastPurchase: undefined,
    purchases: new Map(),
    touchpoints: new Map([['web', before.length]]),
    channels: new Map(),
    categories: new Map(),
  };
  const known = responses.filter(({ day }) => day < dayNumberOf(nowMs));
  const facts = {
    profile,
    segments: [],
    responses: known,
    placementId: 'web/home-hero',
    context: {},
    nowMs,
    wallMs: nowMs,
  };
  return featuresOf(facts)({ treatmentId: treatment, offerId: offerOf(treatment), channel: 'web' });
}

const offerOf = (treatment: Treatment) => treatment.split('-')[0] ?? '';

function names<Name extends string>(of: Readonly<Record<Name, number>>): Name[] {
  return Object.keys(of) as Name[];
}

function meanOf(of: string, rows: readonly Row[]): ExpectedAndTrue {
  const mean = (value: (row: Row) => number) => rows.reduce((sum, row) => sum + value(row), 0) / rows.length;
  return { of, expected: mean((row) => row.expected), true: mean((row) => row.true) };
}
