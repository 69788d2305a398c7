import type { Catalogue } from '#domain/catalogue/catalogue.ts';

/** Gives what is made of the catalogue, made once for each state of it. */
export function ofCatalogue<Made>(
  catalogue: () => Promise<Catalogue>,
  make: (catalogue: Catalogue) => Made,
): () => Promise<Made> {
  let latest: { readonly of: Catalogue; readonly made: Made } | undefined;
  return async () => {
    const current = await catalogue();
    if (latest?.of !== current) latest = { of: current, made: make(current) };
    return latest.made;
  };
}
