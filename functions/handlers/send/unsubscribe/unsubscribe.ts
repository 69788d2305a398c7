import { readUnsubscribeToken } from '#domain/channel/unsubscribe-token.ts';
import { customerIdType } from '#domain/identity/identifier-type.ts';
import type { HttpFunction } from '#runtime/http/answer-or-retry.ts';
import { type HttpAnswer, refuse } from '#runtime/http/http.ts';
import { type TellConsentsDeps, tellConsents } from '#use-cases/collect/tell-consents.ts';
import { type DispositionCaptureDeps, dispositionCapture } from '#use-cases/respond/disposition-capture.ts';
import { unsubscribePage } from './unsubscribe-page.ts';

export interface UnsubscribeDeps extends TellConsentsDeps, DispositionCaptureDeps {
  readonly unsubscribeKey: () => Promise<Buffer>;
}

/**
 * Unsubscribes who comes from a mail, by the token of its link alone (RFC 8058). To look at the page changes nothing, for programs look
 * at every link of a mail: the POST is the no, which holds as any other explicit one, and is told to the decision as well, as long as
 * that is known.
 */
export function unsubscribe(deps: UnsubscribeDeps): HttpFunction {
  const capture = dispositionCapture(deps);
  return async ({ pathParameters, requestContext }) => {
    const said = readUnsubscribeToken(await deps.unsubscribeKey(), pathParameters?.token ?? '');
    if (said === undefined) return refuse(404, 'unknown_endpoint', 'The link is none of ours, or not whole.');
    if (requestContext.http.method !== 'POST') return page(unsubscribePage('asks'));
    const { personaId, category, decisionId, treatmentId } = said;
    const caller = {
      credential: 'known',
      credentialId: 'unsubscribe',
      touchpoint: 'email',
      scopes: '',
      trust: 'server',
    } as const;
    const identifier = { type: customerIdType, value: personaId };
    await tellConsents({ personaId, identifier, caller, categoryPreferences: { [category]: false } }, deps);
    const at = new Date(deps.now()).toISOString();
    const what = { decisionId, treatmentNames: [treatmentId], disposition: 'unsubscribed' } as const;
    await capture([{ ...what, occurredAt: at, receivedAt: at, touchpoint: 'email' }]);
    return page(unsubscribePage('done'));
  };
}

function page(body: string): HttpAnswer {
  const headers = {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    // The token is in the address: it goes to nobody else.
    'referrer-policy': 'no-referrer',
    'content-security-policy':
      "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'",
  };
  return { statusCode: 200, headers, body };
}
