import type { Credentials } from '#ports/credentials.ts';
import { answer, type HttpAnswer, refuse } from '#runtime/http/http.ts';
import { collectorOf } from './collector-of.ts';

/**
 * What RudderStack's browser SDK loads before it sends (https://api.rudderstack.com/sourceConfig/?writeKey=…): a source that
 * is on, no destinations of its own, and no reports to its maker.
 */
export async function sourceConfigFor(
  writeKey: string | undefined,
  { credentials }: { readonly credentials: Credentials },
): Promise<HttpAnswer> {
  const access = await collectorOf(writeKey, credentials);
  if (access.kind === 'denied') return refuse(404, 'unknown_credential', 'No credential has this key.');
  const statsCollection = { errors: { enabled: false }, metrics: { enabled: false } };
  return answer(
    200,
    {
      source: {
        id: access.caller.credentialId,
        name: access.caller.touchpoint,
        writeKey,
        workspaceId: 'lemniscate',
        enabled: true,
        config: { statsCollection },
        destinations: [],
      },
    },
    { 'cache-control': 'public, max-age=300' },
  );
}
