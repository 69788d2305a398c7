import { busEntry } from '#contracts/bus/bus-event.ts';
import type { ConsentRequest } from '#domain/consent/consent-request.ts';
import type { KnownCaller } from '#domain/credential/access.ts';
import type { Identifier } from '#domain/identity/identifier.ts';
import type { IdentifierCatalogue } from '#domain/identity/identifier-catalogue.ts';
import { customerIdType } from '#domain/identity/identifier-type.ts';
import type { Interaction } from '#domain/interaction/interaction.ts';
import { standingOf } from '#domain/interaction/standing.ts';
import type { Bus } from '#ports/bus.ts';
import type { IdentityKey } from '#ports/identity-key.ts';
import { keyedIdentifier } from './keyed-identifier.ts';

export interface TellConsentsDeps {
  readonly bus: Bus;
  readonly identityKey: () => Promise<IdentityKey>;
  readonly identifiers: IdentifierCatalogue;
  readonly now: () => number;
  readonly newId: () => string;
}

/** What a persona, named by one of its identifiers, agrees to, as a caller tells it. */
interface ToldConsents {
  readonly personaId: string;
  readonly identifier: Identifier;
  readonly caller: KnownCaller;
  readonly categoryPreferences: ConsentRequest;
}

/** Tells the bus of consents as an interaction like any other, and answers its time. Throws {@link BusUnavailableError}. */
export async function tellConsents(told: ToldConsents, deps: TellConsentsDeps): Promise<string> {
  const { personaId, identifier, categoryPreferences } = told;
  const { trust, touchpoint } = told.caller;
  const occurredAt = new Date(deps.now()).toISOString();
  const id = deps.newId();
  const interaction: Interaction = {
    messageId: `consents:${id}`,
    type: 'identify',
    occurredAt,
    receivedAt: occurredAt,
    touchpoint,
    standing: standingOf(trust, identifier.type),
    ...(await identifiersOf(identifier, deps)),
    properties: {},
    traits: {},
    context: { consent: { categoryPreferences, isExplicit: true } },
  };
  const personas = [{ personaId, interactions: [interaction] }];
  await deps.bus.publish([busEntry('InteractionsReceived', { newId: () => id, occurredAt }, { personas })]);
  return occurredAt;
}

/** So that the identifier is known to be somebody's who has a persona; the id of a customer is none. */
async function identifiersOf(
  identifier: Identifier,
  { identityKey, identifiers }: TellConsentsDeps,
): Promise<Pick<Interaction, 'identifiers'>> {
  if (identifier.type === customerIdType) return {};
  return { identifiers: [keyedIdentifier(identifier, await identityKey(), identifiers)] };
}
