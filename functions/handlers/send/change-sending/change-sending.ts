import { SendingChange } from '#contracts/api/sending-routes.ts';
import { checkAccess } from '#domain/credential/access.ts';
import type { SendingSwitch } from '#ports/sending-switch.ts';
import type { HttpFunction } from '#runtime/http/answer-or-retry.ts';
import { faultsInWords } from '#runtime/http/faults-in-words.ts';
import { answer, callerOfRequest, refuse } from '#runtime/http/http.ts';
import { jsonBody } from '#runtime/http/json-body.ts';

interface ChangeSendingDeps {
  readonly sendingSwitch: SendingSwitch;
  readonly now: () => number;
}

/** Shows the one switch that stops all sending, and throws it. Thrown again as it is, it keeps who was first. */
export function changeSending({ sendingSwitch, now }: ChangeSendingDeps): HttpFunction {
  return async (request) => {
    const access = checkAccess(callerOfRequest(request), 'admin');
    if (access.kind === 'denied') return refuse(access.status, access.code, access.message);
    const before = await sendingSwitch.read();
    if (request.requestContext.http.method === 'GET') return answer(200, before);
    const body = jsonBody(request);
    if (body.kind === 'refused') return refuse(400, body.code, body.message);
    const wanted = SendingChange.safeParse(body.value);
    if (!wanted.success) return refuse(400, 'invalid_request', faultsInWords(wanted.error, 'body'));
    if (wanted.data.stopped === before.stopped) return answer(200, before);
    const { stopped } = wanted.data;
    const changed = { stopped, changedAt: new Date(now()).toISOString(), changedBy: access.caller.credentialId };
    await sendingSwitch.set(changed);
    return answer(200, changed);
  };
}
