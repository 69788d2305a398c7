import type { Catalogue } from '#domain/catalogue/catalogue.ts';

/** Gives the usual copy of the catalogue unless it is of before a revision that is known: then the newest. */
export function catalogueOfAtLeast(
  usual: () => Promise<Catalogue>,
  newest: () => Promise<Catalogue>,
): (atLeast?: number) => Promise<Catalogue> {
  return async (atLeast = 0) => {
    const copy = await usual();
    return copy.revision >= atLeast ? copy : newest();
  };
}
