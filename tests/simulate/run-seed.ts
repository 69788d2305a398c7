import type { LocalCloud } from '#local-cloud/cloud/local-cloud.ts';
import type { FaultReport } from '#local-cloud/faults/faults.ts';
import { deadLetterRoutes } from '#scripts/target/dead-letter-routes.ts';
import type { Target } from '#scripts/target/target.ts';
import { type Random, randomOf } from '#scripts/world/random.ts';
import type { AuditedRun } from '#support/auditors/audited-run.ts';
import type { TouchpointLog } from '#support/auditors/touchpoint-log.ts';
import { comeToRest } from './come-to-rest.ts';
import { decidedLife } from './decided-life.ts';
import { asSent } from './odd-clients.ts';
import { randomFaults } from './random-faults.ts';
import { randomLife } from './random-life.ts';
import type { SimulatedCloud } from './simulated-cloud.ts';
import { type Message, stubbornClient } from './stubborn-client.ts';
import { unmergeSomebody } from './unmerge-somebody.ts';

/** A life at its end, for auditors to look at. */
export interface SeedRun extends AuditedRun {
  readonly seed: number;
  readonly touchpoints: TouchpointLog;
  readonly injected: FaultReport['injected'];
}

const steps = 4;
/** Worlds of which one has touchpoints that ask for decisions: they take as much computing again as all the rest of a world. */
const decidingOneIn = 3;

/** Lives through a random span of time under random faults, and comes to rest. */
export async function runSeed(seed: number, minutes: number, simulated: SimulatedCloud): Promise<SeedRun> {
  const { cloud, target, register, decisions, serverKey, adminKey } = simulated;
  const random = randomOf(seed);
  const idPrefix = `s${seed}-`;
  const startMs = cloud.now();
  const stepMs = (minutes * 60_000) / steps;
  const life = randomLife(seed, idPrefix, { minutes, endMs: startMs + steps * stepMs });
  const client = stubbornClient(cloud.url, serverKey, (message) => asSent(message, cloud.now()));
  const touchpoints = await decidedLife(seed, idPrefix, simulated);
  const askedAbout = (messages: readonly Message[]) => (seed % decidingOneIn === 0 ? userIdsIn(messages) : []);

  cloud.faults.set(randomFaults(seed));
  let late: Message[] = [];
  let isBehind = false;
  let before: readonly Message[] = [];
  for (let step = 1; step <= steps; step++) {
    const untilMs = startMs + step * stepMs;
    await cloud.moveTo(untilMs);
    await register.read();
    const due = life.filter(({ timestamp }) => {
      const atMs = Date.parse(timestamp);
      return atMs < untilMs && (step === 1 || atMs >= untilMs - stepMs);
    });
    // Some messages are kept back until a later step; many are sent more than once.
    const kept = step < steps ? due.filter(() => random.next() < 0.15) : [];
    const now = [
      ...[...late, ...due.filter((message) => !kept.includes(message))].map(touchpoints.attributed),
      ...touchpoints.events(),
    ];
    late = kept;
    for (const batch of batches(now, random)) await client.send(batch);
    // Files of days ago, uploaded again as they are.
    await client.resend(before.filter(() => random.next() < 0.1));
    before = now;
    if (random.next() < 0.5) await unmergeSomebody(now, { url: cloud.url, adminKey }, random);
    await touchpoints.ask(askedAbout(now));
    await touchpoints.tell();
    isBehind = !isBehind && random.next() < 0.3;
    if (!isBehind) await letRetries(cloud, target);
    if (!isBehind && cloud.nonEmptyQueues().length === 0) touchpoints.heard(client.sent());
  }
  const { injected } = cloud.faults.report();
  cloud.faults.clear();
  await client.sendLeft();
  await comeToRest(cloud, target);
  touchpoints.heard(client.sent());
  await touchpoints.finish(askedAbout(client.sent().map(({ message }) => message)));
  await comeToRest(cloud, target);
  const log = touchpoints.log(client.sent(), injected);
  if (log.told.length > 0) await letAnswersFallDue(cloud, target);
  await decisions.read();
  decisions.note(log);
  return { seed, target, idPrefix, sent: client.sent(), touchpoints: log, injected };
}

/** Lets a day pass and a quarter of an hour: who saw a treatment and never answered is learned to have ignored it. */
async function letAnswersFallDue(cloud: LocalCloud, target: Target): Promise<void> {
  await cloud.advance('P1DT15M');
  await comeToRest(cloud, target);
}

function userIdsIn(messages: readonly Message[]): readonly string[] {
  return [...new Set(messages.flatMap(({ userId }) => (typeof userId === 'string' ? [userId] : [])))];
}

/** Lets time pass in which what failed is tried again, until it worked or is a dead letter: a jump of days would let it expire. */
export async function letRetries(cloud: LocalCloud, target: Target): Promise<void> {
  await cloud.settle();
  const deadLetters = new Set(deadLetterRoutes(target).map(({ deadLettersUrl }) => deadLettersUrl));
  for (let round = 0; round < 6; round++) {
    if (cloud.nonEmptyQueues().every((url) => deadLetters.has(url))) return;
    // More than the queue's messages stay hidden.
    await cloud.advance('PT4M');
    await cloud.settle();
  }
}

/** Each message one to three times, in any order, in batches of one to twelve. */
function batches(messages: readonly Message[], random: Random): Message[][] {
  const left = messages.flatMap((message) => Array.from({ length: 1 + random.below(3) }, () => message));
  const made: Message[][] = [];
  while (left.length > 0) {
    const size = Math.min(left.length, 1 + random.below(12));
    made.push(Array.from({ length: size }, () => left.splice(random.below(left.length), 1)).flat());
  }
  return made;
}
