import { readSegmentPath } from '#contracts/wire/segment-path.ts';
import { readSegmentRequest } from '#contracts/wire/segment-request.ts';
import { keyOfRequest } from '#domain/credential/key-of-request.ts';
import type { InteractionType } from '#domain/interaction/interaction.ts';
import type { HttpFunction } from '#runtime/http/answer-or-retry.ts';
import { answer, type HttpAnswer, type HttpRequest, refuse } from '#runtime/http/http.ts';
import { bodyOf } from '#runtime/http/request-body.ts';
import { tooMany } from '#runtime/http/too-many.ts';
import { type CollectDeps, collect } from '#use-cases/collect/collect.ts';
import { collectorOf } from './collector-of.ts';
import { callOfPixel, pixel } from './pixel.ts';
import { settingsFor } from './settings.ts';
import { sourceConfigFor } from './source-config.ts';

/** Takes interactions in the Segment wire format, and answers what became of each. */
export function collectInteractions(deps: CollectDeps): HttpFunction {
  return async (request) => {
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
    const early = key === undefined ? undefined : await collectorOf(key, deps.credentials);
    if (early?.kind === 'denied') return refuse(early.status, early.code, early.message);
    const body = bodyOf(request);
    if (body.kind === 'refused') return refuse(400, body.code, body.message);
    const read = readSegmentRequest(body.text, endpoint);
    if (read.kind === 'refused') return refuse(400, read.code, read.message);

    // Browsers that send beacons can set no header; their key is in the body.
    const caller = early ?? (await collectorOf(read.writeKey || undefined, deps.credentials));
    if (caller.kind === 'denied') return refuse(caller.status, caller.code, caller.message);
    const over = await deps.allowances.take(caller.caller, Math.max(1, read.events.length), deps.now());
    if (over !== undefined) return tooMany(over);
    return answer(200, await collect(read, caller.caller, deps));
  }
}
