import { environment } from '#runtime/environment.ts';
import { identifierCatalogueOf } from '#runtime/identifier-settings.ts';
import { stageIdentityKey } from './stage-identity-key.ts';

/** How a function knows of whom others speak: the stage's identity key, and its types of identifiers. */
export function identification() {
  const { IDENTIFIER_SETTINGS } = environment('IDENTIFIER_SETTINGS');
  return { identityKey: stageIdentityKey(), identifiers: identifierCatalogueOf(IDENTIFIER_SETTINGS) };
}
