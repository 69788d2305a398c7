import type { Disposition } from '#domain/vocabulary/disposition.ts';
import type { Goal } from '#domain/vocabulary/goal.ts';

/**
 * Whether a disposition is a positive or a negative response, for an offer's goal; undefined when it settles nothing. To be
 * presented is no response yet: who saw it may still accept, and who never does is `ignored` in the end. Who was not reached
 * (`bounced`, `no-answer`, `not-reached`) did not see it; who thinks about it or asks for another call has not said.
 */
export function responseOf(disposition: Disposition, goal: Goal): boolean | undefined {
  switch (disposition) {
    case 'converted':
      return true;
    case 'accepted':
      return goal === 'conversion' ? undefined : true;
    case 'clicked':
      return goal === 'click' ? true : undefined;
    case 'rejected':
    case 'ignored':
    case 'complained':
    case 'unsubscribed':
      return false;
    case 'presented':
    case 'considering':
    case 'call-back':
    case 'no-answer':
    case 'not-reached':
    case 'bounced':
      return undefined;
  }
}
