import * as z from 'zod';
import {
  blankConsents,
  type ConsentDraft,
  type ConsentRegisters,
  draftOfConsents,
  joinConsents,
} from '#domain/consent/consent-registers.ts';
import { sortedEntries } from '#domain/text/bounded-map.ts';
import { type Consenting, consentsIn } from './consents.ts';
import { notAsked, profileSignal } from './profile-signal.ts';
import { sayConsents } from './say-words.ts';
import { ShownTime, timeText } from './shown-forms.ts';
import { consentsOfFields, consentTexts, WordsFields } from './words-codec.ts';

/** What trusted touchpoints told of consents. */
interface Consents {
  readonly consents: ConsentRegisters;
}

interface ConsentsDraft {
  readonly consents: ConsentDraft;
}

export const consentsSignal = profileSignal({
  blank: (): ConsentsDraft => ({ consents: blankConsents() }),
  copy: ({ consents }: Consents) => ({ consents: draftOfConsents(consents) }),
  hear: (draft: ConsentsDraft, told) => {
    if (told.claimSource === undefined) sayConsents(draft, told);
  },
  join: ({ consents }, other) => joinConsents(consents, other.consents),
  fields: { consent: WordsFields.shape.consent, consents: WordsFields.shape.consents },
  decode: ({ consent, consents }) => ({ consents: consentsOfFields(consent, consents) }),
  texts: ({ consents }: Consents) => consentTexts(consents),
  answer: { consents: z.array(z.object({ purpose: z.string(), granted: z.boolean(), at: ShownTime })) },
  shown: (state: Consenting) => ({
    consents: sortedEntries(consentsIn(state)).map(([purpose, { granted, at }]) => ({
      purpose,
      granted,
      at: timeText(at),
    })),
  }),
  ...notAsked,
});
