import { SQSClient } from '@aws-sdk/client-sqs';
import type { LocalCloud } from '#local-cloud/cloud/local-cloud.ts';
import { drain } from '#scripts/redrive/drain.ts';
import { undelivered } from '#scripts/redrive/undelivered.ts';
import { wayBack } from '#scripts/redrive/way-back.ts';
import { deadLetterRoutes } from '#scripts/target/dead-letter-routes.ts';
import type { Target } from '#scripts/target/target.ts';

const mostRounds = 12;

/**
 * Ends all faults and lets the cloud come to rest: hidden messages come back when the clock moves, dead letters and
 * undelivered records are sent again. Throws an Error that names the queues when they don't become empty.
 */
export async function comeToRest(cloud: LocalCloud, target: Target): Promise<void> {
  cloud.faults.clear();
  let waiting: readonly string[] = [];
  for (let round = 0; round < mostRounds; round++) {
    await cloud.settle();
    waiting = await redriveAll(cloud, target);
    if (waiting.length === 0) return;
    // More than a message stays hidden.
    await cloud.advance('PT5M');
  }
  throw new Error(`Not at rest after ${mostRounds} rounds: ${waiting.join(', ')}`);
}

/** Sends dead letters and undelivered records again, once. Gives what was not empty: queues, and the lake's `errors/`. */
export async function redriveAll(cloud: LocalCloud, target: Target): Promise<readonly string[]> {
  const waiting = cloud.nonEmptyQueues();
  const sqs = new SQSClient(target.client);
  for (const url of waiting) await redrive(sqs, target, url);
  sqs.destroy();
  const { sent, kept } = await undelivered(target);
  return sent + kept.length > 0 ? [...waiting, 'errors/'] : waiting;
}

async function redrive(sqs: SQSClient, target: Target, url: string): Promise<void> {
  const route = deadLetterRoutes(target).find(({ deadLettersUrl }) => deadLettersUrl === url);
  if (route) await drain(sqs, url, wayBack(target, sqs, route), () => {});
}
