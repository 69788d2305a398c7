import type { Trust } from './trust.ts';

/** How many events a credential may send; what is absent has no bound. A decision, a disposition and a change of consents are an event each. */
export interface Allowance {
  readonly eventsPerSecond?: number | undefined;
  readonly eventsPerDay?: number | undefined;
}

/** Why a request is not taken now, and when it may be. */
export interface Over {
  readonly of: 'rate' | 'quota';
  readonly retryAfterSeconds: number;
}

/**
 * A key that anybody has is held to what one function meets of an honest page's traffic, several times over; a day has no bound that
 * would fit every firm. The firm's own servers are not held back unless it says so.
 */
const publicEventsPerSecond = 500;

/** What a credential may send: what is stored of it, else what its trust gives. */
export function allowanceOf(trust: Trust, stored: Allowance): Allowance {
  const { eventsPerSecond = trust === 'public' ? publicEventsPerSecond : undefined, eventsPerDay } = stored;
  return {
    ...(eventsPerSecond === undefined ? {} : { eventsPerSecond }),
    ...(eventsPerDay === undefined ? {} : { eventsPerDay }),
  };
}
