import type { Disposition } from '#domain/vocabulary/disposition.ts';

/**
 * Whether who did this has seen the treatment, told to be presented or not. Who asks for another call may have had no time to hear
 * of it.
 */
export function wasSeen(disposition: Disposition): boolean {
  switch (disposition) {
    case 'presented':
    case 'considering':
    case 'clicked':
    case 'accepted':
    case 'converted':
    case 'rejected':
    case 'ignored':
    case 'complained':
    case 'unsubscribed':
      return true;
    case 'call-back':
    case 'no-answer':
    case 'not-reached':
    case 'bounced':
      return false;
  }
}
