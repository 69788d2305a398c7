import type { PlayedEvent } from '#scripts/world/play.ts';
import { recoverableEvent } from './recoverable-event.ts';
import type { SealedEvent } from './sealed-events.ts';

/** What opened, and what did not. */
export interface Opened {
  readonly events: readonly PlayedEvent[];
  /** Ids of rejections that were sealed under keys that the stage has no more, or changed since. */
  readonly unopened: readonly string[];
}

/** Opens refused events; one that does not open keeps no other from it. */
export function openAll(rejections: readonly SealedEvent[], open: (sealed: string) => string): Opened {
  const events: PlayedEvent[] = [];
  const unopened: string[] = [];
  for (const { sealed, ...rejection } of rejections) {
    const text = openedOr(sealed, open);
    if (text === undefined) unopened.push(rejection.rejectionId);
    else {
      const lines = text.split('\n');
      events.push(...lines.map((line, place) => recoverableEvent(JSON.parse(line), { ...rejection, place })));
    }
  }
  return { events, unopened };
}

function openedOr(sealed: string, open: (sealed: string) => string): string | undefined {
  try {
    return open(sealed);
  } catch {
    return undefined;
  }
}
