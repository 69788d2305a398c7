import type { Credentials } from '#ports/credentials.ts';
import { answer, type HttpAnswer, type HttpRequest, refuse } from '#runtime/http/http.ts';
import { collectorOf } from './collector-of.ts';

/**
 * What the browser SDK loads before it sends (https://cdn.segment.com/v1/projects/{writeKey}/settings): one integration,
 * this API, and no plan, no remote plugins.
 */
export async function settingsFor(
  writeKey: string,
  request: HttpRequest,
  deps: { credentials: Credentials },
): Promise<HttpAnswer> {
  const access = await collectorOf(writeKey, deps.credentials);
  if (access.kind === 'denied') return refuse(404, 'unknown_credential', 'No credential has this key.');
  const apiHost = `${request.headers.host ?? ''}/v1`;
  return answer(
    200,
    {
      integrations: {
        'Segment.io': {
          apiKey: writeKey,
          apiHost,
          unbundledIntegrations: [],
          addBundledMetadata: true,
          versionSettings: {},
        },
      },
      plan: {
        track: { __default: { enabled: true } },
        identify: { __default: { enabled: true } },
        group: { __default: { enabled: true } },
      },
      edgeFunction: {},
      analyticsNextEnabled: true,
      middlewareSettings: {},
      enabledMiddleware: {},
      metrics: { sampleRate: 0 },
      legacyVideoPluginsEnabled: false,
      remotePlugins: [],
    },
    // The host is the caller's word: a cache that kept it would send other people's events where somebody else likes.
    { 'cache-control': 'no-store', vary: 'host' },
  );
}
