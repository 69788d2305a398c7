import type { Identifier } from '#domain/identity/identifier.ts';
import type { IdentifierCatalogue } from '#domain/identity/identifier-catalogue.ts';
import { withheld } from '#domain/identity/withheld.ts';
import type { Interaction } from '#domain/interaction/interaction.ts';
import { leadsToPerson } from '#domain/privacy/personal-data.ts';
import type { IdentityKey } from '#ports/identity-key.ts';
import { keyedIdentifier } from './keyed-identifier.ts';

/** An interaction with the keyed hashes of what names its customer; values of personal types stay where they stood. */
export function keyedInteraction(
  interaction: Interaction,
  carried: readonly Identifier[],
  key: IdentityKey,
  catalogue: IdentifierCatalogue,
): Interaction {
  const { messageId, userId, anonymousId, groupId, previousId } = interaction;
  return {
    ...withheld(interaction, catalogue),
    ...(leadsToPerson(messageId) ? { messageId: `hashed-${key.hash('message-id', messageId)}` } : {}),
    ...(userId === undefined ? {} : { userKey: key.hash('user_id', userId) }),
    ...(anonymousId === undefined ? {} : { anonymousKey: key.hash('anonymous_id', anonymousId) }),
    ...(groupId === undefined ? {} : { groupKey: key.hash('group_id', groupId) }),
    ...(previousId === undefined ? {} : { previousKey: key.hash('anonymous_id', previousId) }),
    identifiers: carried.map((identifier) => keyedIdentifier(identifier, key, catalogue)),
  };
}
