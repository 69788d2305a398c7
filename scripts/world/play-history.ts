import type { LocalCloud } from '#scripts/target/target.ts';
import type { WorldEvent } from './event.ts';
import { type PlayedCounts, play } from './play.ts';
import { postJson } from './post-json.ts';
import { worldStage } from './world-stage.ts';

/** Parts of a history that are told apart: each has to be in profiles and lake before the next one is sent. */
const mostParts = 50;
const fewestEvents = 500;

/** Sends what is long past, all of it as it would be uploaded today, until it is in profiles and lake. */
export async function playHistory(
  events: readonly WorldEvent[],
  cloud: LocalCloud,
  onProgress: (counts: PlayedCounts) => void,
): Promise<PlayedCounts> {
  const stage = await worldStage(cloud, new Set(events.map(({ touchpoint }) => touchpoint)));
  const size = Math.max(fewestEvents, Math.ceil(events.length / mostParts));
  let counts: PlayedCounts = { accepted: 0, rejected: 0 };
  for (let index = 0; index < events.length; index += size) {
    const { accepted, rejected } = await play(events.slice(index, index + size), stage, () => {});
    await postJson(`${cloud.url}/_local/settle`, {});
    counts = { accepted: counts.accepted + accepted, rejected: counts.rejected + rejected };
    onProgress(counts);
  }
  return counts;
}
