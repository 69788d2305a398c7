import type { RequestListener } from 'node:http';
import type { HttpApiService } from '#local-cloud/services/api-gateway/service.ts';
import { comeAgain } from './come-again.ts';
import { answerControl, type ControlledCloud, isControl } from './control.ts';
import type { Door } from './door.ts';

/** Answers on the API's port: requests to the template's API, and beside them those to the local cloud itself. */
export function answerApi(
  httpApi: Pick<HttpApiService, 'handle'>,
  cloud: ControlledCloud,
  door: Door,
): RequestListener {
  const answer = async (...[request, response]: Parameters<RequestListener>): Promise<void> => {
    if (!isControl(request)) await door.pass(response, () => httpApi.handle(request, response));
    else if (door.isOpen) await answerControl(cloud, request, response);
    else comeAgain(response);
  };
  return (request, response) => {
    answer(request, response).catch((error: unknown) => {
      // A caller who went away in the middle of a body gets no answer and is no fault of ours.
      if (request.destroyed && !request.complete) return;
      console.error(error);
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  };
}
