import * as z from 'zod';
import { dayMs } from '#domain/calendar/days.ts';
import { gather } from '#runtime/gather.ts';
import type { LocalCloud } from '#scripts/target/target.ts';
import { answerTreatments } from './answer-treatments.ts';
import { treatmentAsker } from './ask-for-treatments.ts';
import type { WorldEvent } from './event.ts';
import { play } from './play.ts';
import { postJson } from './post-json.ts';
import { randomOf } from './random.ts';
import { tellAnswers } from './tell-answers.ts';
import { visitsIn } from './visits-in.ts';
import { worldStage } from './world-stage.ts';

/** A world that can be asked: what happens in it, from when on and for how many days, and what its chances are drawn from. */
export interface LivingWorld {
  readonly events: readonly WorldEvent[];
  readonly startMs: number;
  readonly days: number;
  readonly seed: number;
}

/** What was lived through so far. */
export interface LivedCounts {
  readonly day: number;
  readonly accepted: number;
  readonly rejected: number;
  readonly shown: number;
  readonly yes: number;
}

const hourMs = dayMs / 24;
/** Days that are lived through at once; each step ends when all of it has come through. */
const stepDays = 2;
const mailingDays = 7;

const Identified = z.object({
  type: z.literal('identify'),
  userId: z.string(),
  traits: z.object({ plan: z.string() }),
});

/**
 * Lives through a world of an even number of days on a cloud whose clock shows its beginning: what happened is sent, touchpoints ask what to
 * show to who came, once a week what to write to everybody, and tell what came of it. In the end the clock shows the
 * machine's time, and nothing is in flight.
 */
export async function liveThrough(
  { events, startMs, days, seed }: LivingWorld,
  cloud: LocalCloud,
  onProgress: (counts: LivedCounts) => void,
): Promise<LivedCounts> {
  const stage = await worldStage(cloud, new Set(events.map(({ touchpoint }) => touchpoint)).add('email'));
  const asker = await treatmentAsker(cloud, stage);
  const random = randomOf(seed * 31 + 7);
  const plans = new Map<string, string>();
  const planOf = (userId: string) => plans.get(userId) ?? 'plus';
  let counts: LivedCounts = { day: 0, accepted: 0, rejected: 0, shown: 0, yes: 0 };
  let left = events;

  for (let day = stepDays; day <= days; day += stepDays) {
    // Each time at another hour of daylight in Europe: at night nobody is written to.
    const byDayMs = startMs - (startMs % dayMs) + day * dayMs + (7 + random.below(10)) * hourMs;
    const untilMs = day < days ? byDayMs : Date.now();
    // Settled before: what a queue holds would be hidden or forgotten after a jump.
    await postJson(`${cloud.url}/_local/clock`, { now: new Date(untilMs).toISOString() });
    // And after: an hour's silence is a no, which nobody here waits for. Without it models know of the last step its yeses only.
    await postJson(`${cloud.url}/_local/settle`, {});
    const due = left.filter(({ message }) => Date.parse(message.timestamp) <= untilMs);
    left = left.filter(({ message }) => Date.parse(message.timestamp) > untilMs);
    const sent = await play(due, stage, () => {});
    for (const { message } of due) {
      const { data } = Identified.safeParse(message);
      if (data !== undefined) plans.set(data.userId, data.traits.plan);
    }

    const context = { match_day: [0, 6].includes(new Date(untilMs).getUTCDay()) };
    const shown = (await gather(visitsIn(due), 4, (visit) => asker.ofVisit(visit, context))).flat();
    if (day % mailingDays < stepDays) shown.push(...(await asker.ofMailing([...plans.keys()])));
    const { told, orders } = answerTreatments(shown, planOf, untilMs, random);
    await tellAnswers(told, stage);
    const bought = await play(orders, stage, () => {});
    await postJson(`${cloud.url}/_local/settle`, {});

    counts = {
      day,
      accepted: counts.accepted + sent.accepted + bought.accepted,
      rejected: counts.rejected + sent.rejected + bought.rejected,
      shown: counts.shown + shown.length,
      yes: counts.yes + told.filter(({ disposition }) => disposition === 'accepted').length,
    };
    onProgress(counts);
  }
  return counts;
}
