import { wallTime } from '#domain/calendar/zoned-time.ts';
import type { Disposition } from '#domain/vocabulary/disposition.ts';
import type { ContactCap, ContactRest } from './contact-policy.ts';

/** "Had 2 of 2 contacts in the last 7 days": words to read out, without what comes next. */
export function capWords({ per, most, windowDays, directions }: ContactCap, subject: string, had: number): string {
  const [only, other] = directions ?? [];
  const kind = only !== undefined && other === undefined ? `${only} contacts` : 'contacts';
  return `Had ${had} of ${most} ${kind}${about(per, subject)} in the last ${windowDays === 1 ? 'day' : `${windowDays} days`}`;
}

/** "The offer x was ignored twice within 30 days, and a rest of 60 days follows": words to read out, without what comes next. */
export function restWords({ after, times, withinDays, restDays, scope }: ContactRest, subject: string): string {
  const often = times === 1 ? 'once' : times === 2 ? 'twice' : `${times} times`;
  const outcome = `${pastTense[after]} ${often} within ${plural(withinDays, 'day')}`;
  return `${whatRests(scope, subject)} ${outcome}, and a rest of ${plural(restDays, 'day')} follows`;
}

/** "12 March 2026 at 08:00" on the clock of a zone. The words are our own, for those of an engine change with its version. */
export function dayAndTime(instantMs: number, zone: string): string {
  const wall = wallTime(zone, instantMs);
  const date = new Date(wall);
  return `${date.getUTCDate()} ${months[date.getUTCMonth()]} ${date.getUTCFullYear()} at ${clock(wall)}`;
}

/** The time of day of a wall time: 08:00. */
export function clock(wallMs: number): string {
  return new Date(wallMs).toISOString().slice(11, 16);
}

function about(per: ContactCap['per'], subject: string): string {
  switch (per) {
    case 'total':
      return '';
    case 'channel':
      return ` by ${subject}`;
    case 'group':
      return ` about offers of the group ${subject}`;
    case 'offer':
      return ` about the offer ${subject}`;
    case 'treatment':
      return ` with the treatment ${subject}`;
    case 'address':
      return ' at this address';
  }
}

function whatRests(scope: ContactRest['scope'], subject: string): string {
  switch (scope) {
    case 'total':
      return 'Contacts were';
    case 'channel':
      return `Contacts by ${subject} were`;
    case 'group':
      return `Offers of the group ${subject} were`;
    case 'offer':
      return `The offer ${subject} was`;
    case 'treatment':
      return `The treatment ${subject} was`;
  }
}

function plural(count: number, unit: string): string {
  return count === 1 ? `1 ${unit}` : `${count} ${unit}s`;
}

const pastTense: Record<Disposition, string> = {
  presented: 'shown',
  clicked: 'clicked',
  accepted: 'accepted',
  rejected: 'rejected',
  ignored: 'ignored',
  'no-answer': 'not answered',
  bounced: 'sent back',
  complained: 'complained about',
  unsubscribed: 'unsubscribed from',
  converted: 'taken up',
  considering: 'thought about',
  'call-back': 'put off to another call',
  'not-reached': 'not brought to the customer',
};

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;
