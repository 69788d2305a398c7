import { dispositionsOfEvents } from '#domain/disposition/disposition-of-event.ts';

/** Names of events that mean a disposition when they carry a `decision_id`: what the bus routes to who derives it. */
export const dispositionEvents: readonly string[] = Object.keys(dispositionsOfEvents);
