import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { v7 as uuidv7 } from 'uuid';
import { eventBridgeBus } from '#adapters/event-bridge/event-bridge-bus.ts';
import { readIdentityKey } from '#adapters/secrets-manager/secret-identity-key.ts';
import { busEntry } from '#contracts/bus/bus-event.ts';
import { type ConsentAnswer, ConsentRequest } from '#domain/consent/consent-request.ts';
import type { IdentifierCatalogue } from '#domain/identity/identifier-catalogue.ts';
import { customerIdType } from '#domain/identity/identifier-type.ts';
import type { Interaction } from '#domain/interaction/interaction.ts';
import { standingOf } from '#domain/interaction/standing.ts';
import { dynamoAllowances } from '#handlers/wiring/dynamo-allowances.ts';
import type { Allowances } from '#ports/allowances.ts';
import type { Bus } from '#ports/bus.ts';
import type { IdentityKey } from '#ports/identity-key.ts';
import { environment } from '#runtime/environment.ts';
import { BusUnavailableError } from '#runtime/errors.ts';
import { type Asked, customerOf } from '#runtime/http/customer-of.ts';
import { faultsInWords } from '#runtime/http/faults-in-words.ts';
import { answer, HttpRequest, refuse } from '#runtime/http/http.ts';
import { jsonBody } from '#runtime/http/json-body.ts';
import { tooMany } from '#runtime/http/too-many.ts';
import { identifierCatalogueOf } from '#runtime/identifier-settings.ts';
import { logger, withRuntime } from '#runtime/lambda.ts';
import { once } from '#runtime/once.ts';
import { keyedIdentifier } from '#use-cases/collect/keyed-identifier.ts';

interface ChangeConsentsDeps {
  readonly allowances: Allowances;
  readonly bus: Bus;
  readonly identityKey: () => Promise<IdentityKey>;
  readonly identifiers: IdentifierCatalogue;
  readonly now: () => number;
  readonly newId: () => string;
}

/**
 * Takes down what a customer says about consent, as an interaction like any other: it reaches profile and lake the same way,
 * and saying it again changes nothing.
 */
export function makeHandler(deps: ChangeConsentsDeps) {
  return async (request: HttpRequest) => {
    const asked = await customerOf(request, deps.identityKey, deps.identifiers, 'collect', 'consents');
    if (asked.kind === 'refused') return asked.answer;
    const over = await deps.allowances.take(asked.caller, 1, deps.now());
    if (over !== undefined) return tooMany(over);
    const said = jsonBody(request);
    if (said.kind === 'refused') return refuse(400, said.code, said.message);
    const wanted = ConsentRequest.safeParse(said.value);
    if (!wanted.success) return refuse(400, 'invalid_request', faultsInWords(wanted.error, 'body'));
    const occurredAt = new Date(deps.now()).toISOString();
    const id = deps.newId();
    const { trust, touchpoint } = asked.caller;
    const interaction: Interaction = {
      messageId: `consents:${id}`,
      type: 'identify',
      occurredAt,
      receivedAt: occurredAt,
      touchpoint,
      standing: standingOf(trust, asked.identifier.type),
      ...(await identifiersOf(asked, deps)),
      properties: {},
      traits: {},
      context: { consent: { categoryPreferences: wanted.data, isExplicit: true } },
    };
    const personas = [{ personaId: asked.personaId, interactions: [interaction] }];
    try {
      await deps.bus.publish([busEntry('InteractionsReceived', { id, occurredAt, schemaVersion: 1, personas })]);
    } catch (error) {
      if (!(error instanceof BusUnavailableError)) throw error;
      logger.error('The bus did not take a change of consents', { error });
      return refuse(503, 'bus_unavailable', 'Not taken down; send it again.', { 'retry-after': '1' });
    }
    // A persona's id is the keyed hash of its identifier: a public key could ask for anybody's.
    const body: ConsentAnswer = { ...(trust === 'server' ? { personaId: asked.personaId } : {}), occurredAt };
    return answer(202, body);
  };
}

/** So that the identifier is known to be somebody's who has a persona; the id of a customer is none. */
async function identifiersOf(
  { identifier }: Asked,
  { identityKey, identifiers }: ChangeConsentsDeps,
): Promise<Pick<Interaction, 'identifiers'>> {
  if (identifier.type === customerIdType) return {};
  return { identifiers: [keyedIdentifier(identifier, await identityKey(), identifiers)] };
}

export const handler = withRuntime('change-consents', HttpRequest, () => {
  const { ARRIVALS_TABLE, BUS_NAME, IDENTITY_KEY_SECRET_ARN, IDENTIFIER_SETTINGS } = environment(
    'ARRIVALS_TABLE',
    'BUS_NAME',
    'IDENTITY_KEY_SECRET_ARN',
    'IDENTIFIER_SETTINGS',
  );
  const secrets = new SecretsManagerClient({});
  return makeHandler({
    allowances: dynamoAllowances(new DynamoDBClient({}), ARRIVALS_TABLE),
    bus: eventBridgeBus(new EventBridgeClient({}), BUS_NAME),
    identityKey: once(() => readIdentityKey(secrets, IDENTITY_KEY_SECRET_ARN)),
    identifiers: identifierCatalogueOf(IDENTIFIER_SETTINGS),
    now: Date.now,
    newId: uuidv7,
  });
});
