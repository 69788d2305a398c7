import { type IdentifierCatalogue, readIdentifierCatalogue } from '#domain/identity/identifier-catalogue.ts';
import { stageConfig } from '#infra/config.ts';

/** The types of identifiers of a stage; the local cloud runs those of dev. Throws an Error for an unknown stage. */
export function stageIdentifiers(stage = 'dev'): IdentifierCatalogue {
  const read = readIdentifierCatalogue(stageConfig(stage).identifiers);
  if (read.kind === 'invalid') throw new Error(`The identifiers of ${stage} are not valid: ${read.faults.join(' ')}`);
  return read.catalogue;
}
