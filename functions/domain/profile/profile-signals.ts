import { arrivalsSignal } from './arrivals-signal.ts';
import { campaignsSignal } from './campaigns-signal.ts';
import { channelsSignal } from './channels-signal.ts';
import { claimsSignal } from './claims-signal.ts';
import { consentsSignal } from './consents-signal.ts';
import { eventsSignal } from './events-signal.ts';
import { groupsSignal } from './groups-signal.ts';
import { heardSignal } from './heard-signal.ts';
import { interestsSignal } from './interests-signal.ts';
import { linksSignal } from './links-signal.ts';
import { moneySignal } from './money-signal.ts';
import { responsesSignal } from './responses-signal.ts';
import { seenSignal } from './seen-signal.ts';
import { sessionsSignal } from './sessions-signal.ts';
import { touchpointsSignal } from './touchpoints-signal.ts';
import { traitsSignal } from './traits-signal.ts';
import { typesSignal } from './types-signal.ts';
import { zoneSignal } from './zone-signal.ts';

/**
 * What a profile knows, in the order of the API's answer. Stored fields that may be missing are written in this order too, so that
 * a new signal comes last.
 */
export const profileSignals = [
  seenSignal,
  typesSignal,
  traitsSignal,
  eventsSignal,
  moneySignal,
  interestsSignal,
  touchpointsSignal,
  channelsSignal,
  sessionsSignal,
  campaignsSignal,
  groupsSignal,
  consentsSignal,
  zoneSignal,
  claimsSignal,
  responsesSignal,
  linksSignal,
  arrivalsSignal,
  heardSignal,
] as const;

export type AnyProfileSignal = (typeof profileSignals)[number];
