import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { v7 as uuidv7 } from 'uuid';
import { dynamoDispositions } from '#adapters/decisions-table/dynamo-dispositions.ts';
import { eventBridgeBus } from '#adapters/event-bridge/event-bridge-bus.ts';
import { checkAccess } from '#domain/credential/access.ts';
import { type DispositionReport, readDispositionReports } from '#domain/disposition/disposition-report.ts';
import { isPublicDisposition } from '#domain/disposition/public-dispositions.ts';
import { boundedByArrival, parseTime, timeInRange } from '#domain/interaction/occurred-at.ts';
import { dynamoAllowances } from '#handlers/wiring/dynamo-allowances.ts';
import type { Allowances } from '#ports/allowances.ts';
import { environment } from '#runtime/environment.ts';
import { BusUnavailableError } from '#runtime/errors.ts';
import { faultsInWords } from '#runtime/http/faults-in-words.ts';
import { answer, callerOfRequest, type HttpAnswer, HttpRequest, refuse } from '#runtime/http/http.ts';
import { jsonBody } from '#runtime/http/json-body.ts';
import { tooMany } from '#runtime/http/too-many.ts';
import { logger, withRuntime } from '#runtime/lambda.ts';
import { type DispositionCaptureDeps, dispositionCapture } from '#use-cases/respond/disposition-capture.ts';

interface CaptureDispositionDeps extends DispositionCaptureDeps {
  readonly allowances: Allowances;
}

/** Takes what customers did with treatments, one or a list, and answers what became of each. */
export function makeHandler(deps: CaptureDispositionDeps) {
  const take = dispositionCapture(deps);
  return async (http: HttpRequest): Promise<HttpAnswer> => {
    const access = checkAccess(callerOfRequest(http), 'decide', 'collect');
    if (access.kind === 'denied') return refuse(access.status, access.code, access.message);
    const body = jsonBody(http);
    if (body.kind === 'refused') return refuse(400, body.code, body.message);
    const read = readDispositionReports(body.value);
    if (!read.success) return refuse(400, 'invalid_request', faultsInWords(read.error, 'body'));
    const { trust } = access.caller;
    if (trust === 'public' && !read.data.every(isPublicReport)) {
      const message =
        'A public key tells what is presented, clicked and refused, without value; a server’s key tells all.';
      return refuse(403, 'not_for_public_keys', message);
    }
    const receivedMs = deps.now();
    const over = await deps.allowances.take(access.caller, Math.max(1, read.data.length), receivedMs);
    if (over !== undefined) return tooMany(over);
    const times = read.data.map(({ occurredAt }) => parseTime(occurredAt) ?? receivedMs);
    if (times.some((time) => !timeInRange(time, receivedMs))) {
      return refuse(400, 'timestamp_out_of_range', 'Expected times from 1970 to a day after the arrival.');
    }
    const receivedAt = new Date(receivedMs).toISOString();
    const reports = read.data.map(({ decisionId, treatmentId, disposition, value }, index) => ({
      decisionId: decisionId.toLowerCase(),
      treatmentNames: [treatmentId],
      disposition,
      occurredAt: new Date(boundedByArrival(times[index] ?? receivedMs, receivedMs, trust)).toISOString(),
      receivedAt,
      touchpoint: access.caller.touchpoint,
      ...(value === undefined ? {} : { valueMinor: value.amountMinor, currency: value.currency }),
    }));
    try {
      const captured = await take(reports);
      return answer(200, { results: captured.map(({ kind }, index) => ({ index, status: kind })) });
    } catch (error) {
      if (!(error instanceof BusUnavailableError)) throw error;
      logger.error('The bus took not every entry', { error });
      return refuse(503, 'bus_unavailable', 'Not captured; send the same request again.', { 'retry-after': '1' });
    }
  };
}

function isPublicReport({ disposition, value }: DispositionReport): boolean {
  return isPublicDisposition(disposition) && value === undefined;
}

export const handler = withRuntime('capture-disposition', HttpRequest, () => {
  const { DECISIONS_TABLE, ARRIVALS_TABLE, BUS_NAME } = environment('DECISIONS_TABLE', 'ARRIVALS_TABLE', 'BUS_NAME');
  const client = new DynamoDBClient({});
  return makeHandler({
    allowances: dynamoAllowances(client, ARRIVALS_TABLE),
    dispositions: dynamoDispositions(client, DECISIONS_TABLE),
    bus: eventBridgeBus(new EventBridgeClient({}), BUS_NAME),
    now: Date.now,
    newId: uuidv7,
  });
});
