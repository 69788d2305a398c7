import * as z from 'zod';
import { notAsked, profileSignal } from './profile-signal.ts';
import { sayZone } from './say-words.ts';
import type { TraitRegister } from './traits.ts';
import { WordsFields, zoneOfFields, zoneTexts } from './words-codec.ts';
import { laterZone, zoneIn } from './zone.ts';

/** The time zone that trusted touchpoints told last. */
interface Zone {
  readonly zone: TraitRegister | undefined;
}

interface ZoneDraft extends Zone {
  zone: TraitRegister | undefined;
}

export const zoneSignal = profileSignal({
  blank: (): ZoneDraft => ({ zone: undefined }),
  copy: ({ zone }: Zone) => ({ zone }),
  hear: (draft: ZoneDraft, told) => {
    if (told.claimSource === undefined) sayZone(draft, told);
  },
  join: (draft, { zone }) => {
    draft.zone = laterZone(draft.zone, zone);
  },
  fields: { zone: WordsFields.shape.zone },
  decode: ({ zone }) => ({ zone: zoneOfFields(zone) }),
  texts: ({ zone }: Zone) => zoneTexts(zone),
  answer: { timeZone: z.string().nullable().describe('IANA time zone') },
  shown: ({ zone }) => ({ timeZone: zoneIn(zone) ?? null }),
  ...notAsked,
});
