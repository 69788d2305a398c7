import type { IncomingMessage, ServerResponse } from 'node:http';
import { callBody } from '#local-cloud/cloud/call-body.ts';
import { jsonWire } from '#local-cloud/cloud/json-wire.ts';
import { type CloudContext, ServiceError, type Wire } from '#local-cloud/cloud/service.ts';
import type { Principal } from '#local-cloud/iam/principal.ts';
import type { FunctionUrls } from './function-urls.ts';
import { invokeOutput } from './invoke-output.ts';

/** Lambda's REST: `POST /2015-03-31/functions/{name}/invocations`, and requests to function URLs. Errors are JSON. */
export function restWire(context: CloudContext, functionUrls: FunctionUrls): Wire {
  const invoke = async (request: IncomingMessage, response: ServerResponse, principal: Principal, body: Buffer) => {
    const match = /^\/2015-03-31\/functions\/([^/]+)\/invocations/.exec(request.url ?? '');
    if (!match)
      throw new ServiceError('UnknownOperationException', `the local cloud does not know lambda ${request.url}`);
    const type = request.headers['x-amz-invocation-type'];
    const output = invokeOutput.parse(
      await context.call(principal, 'lambda', 'Invoke', {
        FunctionName: decodeURIComponent(match[1] ?? ''),
        ...(typeof type === 'string' ? { InvocationType: type } : {}),
        ...(body.length > 0 ? { Payload: body } : {}),
      }),
    );
    if (output.FunctionError) response.setHeader('x-amz-function-error', output.FunctionError);
    response.writeHead(output.StatusCode, { 'content-type': 'application/json' }).end(output.Payload);
  };
  return {
    protocol: 'rest',
    async answer(request, response, principal) {
      const body = await callBody(request);
      if (functionUrls.isFor(request)) await functionUrls.handle(request, response, principal, body);
      else await invoke(request, response, principal, body);
    },
    refuse: jsonWire.refuse,
  };
}
