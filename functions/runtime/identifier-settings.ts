import { type IdentifierCatalogue, readIdentifierCatalogue } from '#domain/identity/identifier-catalogue.ts';
import { ConfigurationError } from './errors.ts';

/** Reads the catalogue of identifiers from the stage's settings, as JSON. Throws {@link ConfigurationError}. */
export function identifierCatalogueOf(json: string): IdentifierCatalogue {
  const read = readIdentifierCatalogue(parsed(json));
  if (read.kind === 'invalid') {
    throw new ConfigurationError(`IDENTIFIER_SETTINGS are not valid: ${read.faults.join('; ')}`);
  }
  return read.catalogue;
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (cause) {
    throw new ConfigurationError('IDENTIFIER_SETTINGS are no JSON', { cause });
  }
}
