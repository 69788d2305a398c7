import * as z from 'zod';
import type { Interaction } from '#domain/interaction/interaction.ts';
import { isObject } from '#domain/text/is-object.ts';
import { Disposition } from '#domain/vocabulary/disposition.ts';
import { dispositionEvent } from '#domain/vocabulary/disposition-event.ts';
import { purposePattern } from '#domain/vocabulary/purpose.ts';
import { refusalOfEvent } from './refusal-of-event.ts';

/** A yes or no to a category, as an interaction tells it. */
export interface ConsentWord {
  /** A purpose, `purpose:channel`, `*:channel` for every purpose there, or `address:channel` for whether the address works. */
  readonly category: string;
  readonly granted: boolean;
  /** Whether it is said here and now; a stamp on an event repeats what was said once. */
  readonly isExplicit: boolean;
}

/** Categories that one interaction may name: more are a flood, and refused at the door. */
export const mostCategories = 64;

/** Everything that an interaction says about consent. */
export function consentWords(interaction: Interaction): ConsentWord[] {
  return [...preferencesIn(interaction), ...refusalsIn(interaction)];
}

/** Segment's `context.consent.categoryPreferences` (https://segment.com/docs/privacy/consent-management/). */
export function categoryPreferences({ context }: Pick<Interaction, 'context'>): [string, unknown][] {
  const said = isObject(context.consent) ? context.consent.categoryPreferences : undefined;
  return isObject(said) ? Object.entries(said) : [];
}

function preferencesIn(interaction: Interaction): ConsentWord[] {
  const isExplicit = isChange(interaction);
  return categoryPreferences(interaction).flatMap(([category, granted]) =>
    typeof granted === 'boolean' ? [{ category, granted, isExplicit }] : [],
  );
}

/** `Segment Consent Preference Updated` and what other consent tools call it. */
const changeEvent = /^(?:[a-z]+ )?consents?(?: preferences?)? (?:updated|changed|given|granted|saved)$/i;

/**
 * Whether the preferences of an interaction are said in it: by the API, by the event of a consent tool, or by a trusted touchpoint
 * that identifies the customer. All else bears the stamp of what a banner knows.
 */
function isChange({ type, event, standing = 'trusted', context }: Interaction): boolean {
  if (isObject(context.consent) && context.consent.isExplicit === true) return true;
  return type === 'track' ? changeEvent.test(event ?? '') : type === 'identify' && standing === 'trusted';
}

const RefusedTreatment = z.object({
  disposition: Disposition.extract(['unsubscribed', 'complained', 'bounced']),
  purpose: z
    .string()
    .regex(new RegExp(`^${purposePattern}$`))
    .default('*'),
  channel: z.string().regex(/^[a-z][a-z-]{0,31}$/),
});

function refusalsIn(interaction: Interaction): ConsentWord[] {
  if (interaction.type !== 'track') return [];
  if (interaction.event === dispositionEvent) {
    const read = RefusedTreatment.safeParse(interaction.properties);
    if (!read.success) return [];
    const { disposition, purpose, channel } = read.data;
    return [refusal(disposition, purpose, channel)];
  }
  const refused = refusalOfEvent(interaction);
  return refused === undefined ? [] : [refusal(refused.kind, '*', refused.channel)];
}

function refusal(kind: 'unsubscribed' | 'complained' | 'bounced', purpose: string, channel: string): ConsentWord {
  return { category: `${kind === 'bounced' ? 'address' : purpose}:${channel}`, granted: false, isExplicit: true };
}
