import { randomBytes } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { v7 as uuidv7 } from 'uuid';
import { dynamoCredentials } from '#adapters/credentials-table/dynamo-credentials.ts';
import { readIdentityKey } from '#adapters/secrets-manager/secret-identity-key.ts';
import { checkAccess } from '#domain/credential/access.ts';
import { questionText } from '#domain/decision/asked.ts';
import { answerOf } from '#domain/decision/decision-answer.ts';
import type { DecisionPlan } from '#domain/decision/decision-plan.ts';
import { namesPerson, readIdentifier } from '#domain/identity/identifier.ts';
import type { IdentifierCatalogue } from '#domain/identity/identifier-catalogue.ts';
import { dynamoAllowances } from '#handlers/wiring/dynamo-allowances.ts';
import { dynamoDecisionMaker } from '#handlers/wiring/dynamo-decision-maker.ts';
import type { Allowances } from '#ports/allowances.ts';
import type { Credentials } from '#ports/credentials.ts';
import type { IdentityKey } from '#ports/identity-key.ts';
import { environment } from '#runtime/environment.ts';
import { CatalogueTornError, CustomerContendedError, ItemsUnreadError } from '#runtime/errors.ts';
import { callerByKey } from '#runtime/http/caller-by-key.ts';
import { identifiersFor, personaIdOf, unknownRegion } from '#runtime/http/customer-of.ts';
import { answer, type HttpAnswer, HttpRequest, refuse } from '#runtime/http/http.ts';
import { tooMany } from '#runtime/http/too-many.ts';
import { identifierCatalogueOf } from '#runtime/identifier-settings.ts';
import { logger, withRuntime } from '#runtime/lambda.ts';
import { once } from '#runtime/once.ts';
import { fingerprintOf } from '#use-cases/collect/fingerprint-of.ts';
import type { decisionMaker } from '#use-cases/decide/decision-maker.ts';
import { decisionIdOf, newDecisionId } from './decision-id.ts';
import { foreignPlace, readRequest, unknownPlacements } from './read-request.ts';

export interface MakeDecisionDeps {
  readonly credentials: Credentials;
  readonly allowances: Allowances;
  readonly identityKey: () => Promise<IdentityKey>;
  readonly identifiers: IdentifierCatalogue;
  readonly plan: () => Promise<DecisionPlan>;
  readonly maker: Pick<ReturnType<typeof decisionMaker>, 'decideOne'>;
  readonly now: () => number;
  readonly newId: () => string;
}

/** Answers what now for this customer, here. What is answered has been counted and recorded, unless it is a preview. */
export function makeHandler(deps: MakeDecisionDeps) {
  return async (http: HttpRequest): Promise<HttpAnswer> => {
    // An authorizer would be one more function to pay for, for each decision; the key is remembered here for a minute.
    const access = checkAccess(await callerByKey(http.headers, deps.credentials), 'decide');
    if (access.kind === 'denied') return refuse(access.status, access.code, access.message);
    const over = await deps.allowances.take(access.caller, 1, deps.now());
    if (over !== undefined) return tooMany(over);
    const read = readRequest(http);
    if (read.kind === 'refused') return read.answer;
    const identifiers = identifiersFor(http, deps.identifiers);
    if (identifiers === undefined) return unknownRegion();
    const identifier = readIdentifier(read.request.customer, identifiers);
    if (identifier.kind === 'malformed') return refuse(400, 'malformed_identifier', identifier.message);

    const { credentialId, touchpoint } = access.caller;
    const request = { ...read.request, touchpoint: read.request.touchpoint ?? touchpoint };
    const { idempotencyKey } = read;
    try {
      const plan = await deps.plan();
      const refused = unknownPlacements(request, plan) ?? foreignPlace(request, plan, access.caller);
      if (refused !== undefined) return refused;
      const personaId = await personaIdOf(identifier, deps.identityKey);
      const fingerprint = idempotencyKey === undefined ? '' : fingerprintOf(questionText(request));
      const decision = await deps.maker.decideOne(plan, {
        personaId,
        request,
        decisionId:
          idempotencyKey === undefined
            ? newDecisionId(deps.newId)
            : decisionIdOf(await deps.identityKey(), credentialId, idempotencyKey),
        asksPerson: namesPerson(identifier, deps.identifiers),
        asked: { by: credentialId, fingerprint },
        isRepeatable: idempotencyKey !== undefined,
      });
      if (decision.personaId !== personaId || decision.asked?.fingerprint !== fingerprint) {
        const message = 'This Idempotency-Key was used for another customer or question.';
        return refuse(409, 'idempotency_key_reused', message);
      }
      return answer(200, answerOf(decision));
    } catch (error) {
      const isBusy =
        error instanceof CustomerContendedError ||
        error instanceof ItemsUnreadError ||
        error instanceof CatalogueTornError;
      if (!isBusy) throw error;
      logger.error('No decision was made', { error });
      return refuse(503, 'busy', 'Nothing was decided; send the same request again.', { 'retry-after': '1' });
    }
  };
}

export const handler = withRuntime('make-decision', HttpRequest, () => {
  const { CREDENTIALS_TABLE, ARRIVALS_TABLE, IDENTITY_KEY_SECRET_ARN, IDENTIFIER_SETTINGS } = environment(
    'CREDENTIALS_TABLE',
    'ARRIVALS_TABLE',
    'IDENTITY_KEY_SECRET_ARN',
    'IDENTIFIER_SETTINGS',
  );
  const client = new DynamoDBClient({});
  const secrets = new SecretsManagerClient({});
  const { plan, maker } = dynamoDecisionMaker(client);
  return makeHandler({
    credentials: dynamoCredentials(client, CREDENTIALS_TABLE, Date.now),
    allowances: dynamoAllowances(client, ARRIVALS_TABLE),
    identityKey: once(() => readIdentityKey(secrets, IDENTITY_KEY_SECRET_ARN)),
    identifiers: identifierCatalogueOf(IDENTIFIER_SETTINGS),
    plan,
    maker,
    now: Date.now,
    // Given no numbers, uuid counts upwards within a millisecond: then siblings could be guessed.
    newId: () => uuidv7({ random: randomBytes(16) }),
  });
});
