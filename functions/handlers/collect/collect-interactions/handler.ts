import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { v7 as uuidv7 } from 'uuid';
import { dynamoArrivals } from '#adapters/arrivals-table/dynamo-arrivals.ts';
import { dynamoCredentials } from '#adapters/credentials-table/dynamo-credentials.ts';
import { dynamoSealer } from '#adapters/credentials-table/dynamo-sealer.ts';
import { eventBridgeBus } from '#adapters/event-bridge/event-bridge-bus.ts';
import { readIdentityKey } from '#adapters/secrets-manager/secret-identity-key.ts';
import { readSegmentPath } from '#contracts/wire/segment-path.ts';
import { readSegmentRequest } from '#contracts/wire/segment-request.ts';
import { type Caller, callerOf, checkAccess } from '#domain/credential/access.ts';
import { keyOfRequest } from '#domain/credential/key-of-request.ts';
import type { InteractionType } from '#domain/interaction/interaction.ts';
import { dynamoAllowances } from '#handlers/wiring/dynamo-allowances.ts';
import { environment } from '#runtime/environment.ts';
import { ArrivalsUnavailableError, BusUnavailableError } from '#runtime/errors.ts';
import { answer, type HttpAnswer, HttpRequest, refuse } from '#runtime/http/http.ts';
import { bodyOf } from '#runtime/http/request-body.ts';
import { tooMany } from '#runtime/http/too-many.ts';
import { identifierCatalogueOf } from '#runtime/identifier-settings.ts';
import { logger, metrics, withRuntime } from '#runtime/lambda.ts';
import { once } from '#runtime/once.ts';
import { type CollectDeps, collect } from '#use-cases/collect/collect.ts';
import { callOfPixel, pixel } from './pixel.ts';
import { settingsFor } from './settings.ts';
import { sourceConfigFor } from './source-config.ts';

/** Takes interactions in the Segment wire format, and answers what became of each. */
export function makeHandler(deps: CollectDeps) {
  return async (request: HttpRequest): Promise<HttpAnswer> => {
    const { method } = request.requestContext.http;
    const writeKey = request.pathParameters?.writeKey;
    if (method === 'GET' && writeKey !== undefined) return settingsFor(writeKey, request, deps);
    const path = readSegmentPath(method, request.rawPath);
    const key = keyOfRequest(request.headers) ?? request.queryStringParameters?.writeKey;
    switch (path?.kind) {
      case undefined:
        return refuse(404, 'unknown_endpoint', 'No such call of the Segment API.');
      case 'source-config':
        return sourceConfigFor(request.queryStringParameters?.writeKey ?? key, deps);
      case 'pixel': {
        const taken = await take(callOfPixel(request), path.endpoint, key);
        return taken.statusCode === 200 ? pixel : taken;
      }
      case 'calls':
        return take(request, path.endpoint, key);
    }
  };

  async function take(
    request: HttpRequest,
    endpoint: InteractionType | 'batch',
    key: string | undefined,
  ): Promise<HttpAnswer> {
    const callerWith = async (key: string): Promise<Caller> => callerOf(await deps.credentials.find(key));
    const early = key === undefined ? undefined : checkAccess(await callerWith(key), 'collect');
    if (early?.kind === 'denied') return refuse(early.status, early.code, early.message);
    const body = bodyOf(request);
    if (body.kind === 'refused') return refuse(400, body.code, body.message);
    const read = readSegmentRequest(body.text, endpoint);
    if (read.kind === 'refused') return refuse(400, read.code, read.message);

    // Browsers that send beacons can set no header; their key is in the body.
    const caller =
      early ?? checkAccess(read.writeKey ? await callerWith(read.writeKey) : { credential: 'absent' }, 'collect');
    if (caller.kind === 'denied') return refuse(caller.status, caller.code, caller.message);
    const over = await deps.allowances.take(caller.caller, Math.max(1, read.events.length), deps.now());
    if (over !== undefined) return tooMany(over);
    try {
      return answer(200, await collect(read, caller.caller, deps));
    } catch (error) {
      const code = unavailable(error);
      if (code === undefined) throw error;
      logger.error('A request was not accepted', { code, error });
      return refuse(503, code, 'Not accepted; send the same request again.', { 'retry-after': '1' });
    }
  }
}

function unavailable(error: unknown): string | undefined {
  if (error instanceof BusUnavailableError) return 'bus_unavailable';
  return error instanceof ArrivalsUnavailableError ? 'arrivals_unavailable' : undefined;
}

export const handler = withRuntime('collect-interactions', HttpRequest, () => {
  const { CREDENTIALS_TABLE, ARRIVALS_TABLE, BUS_NAME, IDENTITY_KEY_SECRET_ARN, IDENTIFIER_SETTINGS } = environment(
    'CREDENTIALS_TABLE',
    'ARRIVALS_TABLE',
    'BUS_NAME',
    'IDENTITY_KEY_SECRET_ARN',
    'IDENTIFIER_SETTINGS',
  );
  const client = new DynamoDBClient({});
  const secrets = new SecretsManagerClient({});
  return makeHandler({
    credentials: dynamoCredentials(client, CREDENTIALS_TABLE, Date.now),
    allowances: dynamoAllowances(client, ARRIVALS_TABLE),
    arrivals: dynamoArrivals(client, ARRIVALS_TABLE),
    bus: eventBridgeBus(new EventBridgeClient({}), BUS_NAME),
    identityKey: once(() => readIdentityKey(secrets, IDENTITY_KEY_SECRET_ARN)),
    sealer: dynamoSealer(client, CREDENTIALS_TABLE),
    identifiers: identifierCatalogueOf(IDENTIFIER_SETTINGS),
    now: Date.now,
    newId: uuidv7,
    // A metric is a log line of its own, dearer than the rest of a small request: only what is out of the ordinary has one.
    onRejected: (events) => metrics.addMetric('InteractionsRejected', 'Count', events),
    onUnsealed: () =>
      logger.warn('The stage has no sealing key: refused events are sealed with the identity key until npm run deploy'),
  });
});
