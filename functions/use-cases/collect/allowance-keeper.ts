import type { KnownCaller } from '#domain/credential/access.ts';
import type { Over } from '#domain/credential/allowance.ts';
import { type DayUse, dayOf, fitsQuota, isDue, secondsLeftOfDay } from '#domain/credential/day-use.ts';
import { type TokenBucket, takeEvents } from '#domain/credential/token-bucket.ts';
import type { Allowances } from '#ports/allowances.ts';
import type { DayCounts } from '#ports/day-counts.ts';
import { inTime } from '#runtime/in-time.ts';

interface AllowanceKeeperSettings {
  /** How long a request waits for the store. */
  readonly patienceMs?: number;
  /** Told when the day's counts can't be asked. */
  readonly onFault: (error: unknown) => void;
}

/** After a fault the store is left alone for so long. */
const restMs = 5000;

/**
 * Holds credentials to their rate by what this function has seen, and to their day's quota by what all have. Most requests ask nobody:
 * the rate is one function's, so N functions let N times as much through. Where the store does not answer, requests pass.
 */
export function allowanceKeeper(counts: DayCounts, settings: AllowanceKeeperSettings): Allowances {
  const { patienceMs = 200, onFault } = settings;
  // One entry a credential that exists: callers can't make any.
  const buckets = new Map<string, TokenBucket>();
  const uses = new Map<string, DayUse>();
  let restUntilMs = 0;

  /** Tells the store what it does not know yet, and learns what all have used. */
  async function exchange(credentialId: string, { day, told, untold }: DayUse, nowMs: number): Promise<void> {
    if (nowMs < restUntilMs) return;
    // While it is on its way, others may go on counting.
    uses.set(credentialId, { day, told: told + untold, untold: 0, toldAtMs: nowMs });
    // When an answer is late the events may be counted twice: the quota then ends early by them.
    const sum = await inTime(counts.add(credentialId, day, untold), patienceMs, onFault);
    const now = uses.get(credentialId);
    if (now === undefined || now.day !== day) return;
    if (sum === undefined) restUntilMs = nowMs + restMs;
    uses.set(credentialId, sum === undefined ? { ...now, told, untold: now.untold + untold } : { ...now, told: sum });
  }

  async function takeOfDay(credentialId: string, events: number, eventsPerDay: number, nowMs: number) {
    const day = dayOf(nowMs);
    const unasked = { day, told: 0, untold: 0, toldAtMs: nowMs };
    if (uses.get(credentialId)?.day !== day) {
      uses.set(credentialId, unasked);
      await exchange(credentialId, unasked, nowMs);
    }
    const use = uses.get(credentialId) ?? unasked;
    if (!fitsQuota(use, events, eventsPerDay)) return false;
    const used = { ...use, untold: use.untold + events };
    uses.set(credentialId, used);
    if (isDue(used, eventsPerDay, nowMs)) await exchange(credentialId, used, nowMs);
    return true;
  }

  return {
    async take(caller: KnownCaller, events: number, nowMs: number): Promise<Over | undefined> {
      const { credentialId, eventsPerSecond, eventsPerDay } = caller;
      if (eventsPerSecond !== undefined) {
        const taken = takeEvents(buckets.get(credentialId), events, eventsPerSecond, nowMs);
        if (taken.kind === 'empty') return { of: 'rate', retryAfterSeconds: taken.retryAfterSeconds };
        buckets.set(credentialId, taken.bucket);
      }
      if (eventsPerDay === undefined || (await takeOfDay(credentialId, events, eventsPerDay, nowMs))) return undefined;
      return { of: 'quota', retryAfterSeconds: secondsLeftOfDay(nowMs) };
    },
  };
}
