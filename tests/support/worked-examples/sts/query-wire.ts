import type { ServerResponse } from 'node:http';
import { callBody } from '#local-cloud/cloud/call-body.ts';
import { type CloudContext, ServiceError, type Wire } from '#local-cloud/cloud/service.ts';

/** AWS's Query protocol, as far as flat texts go: a form with the operation in `Action`, and XML back. */
export function queryWire(context: CloudContext, service: string): Wire {
  const refuse = (response: ServerResponse, error: unknown): void => {
    const { code, message, status } =
      error instanceof ServiceError ? error : new ServiceError('InternalFailure', String(error), 500);
    const fault = element('Error', element('Code', text(code)) + element('Message', text(message)));
    response.writeHead(status, { 'content-type': 'text/xml' }).end(element('ErrorResponse', fault));
  };
  return {
    protocol: 'rest',
    refuse,
    async answer(request, response, principal) {
      try {
        const { Action = '', ...input } = Object.fromEntries(new URLSearchParams(String(await callBody(request))));
        const output = await context.call(principal, service, Action, input);
        const members = Object.entries(output ?? {}).map(([name, value]) => element(name, text(String(value))));
        const result = element(`${Action}Result`, members.join(''));
        response.writeHead(200, { 'content-type': 'text/xml' }).end(element(`${Action}Response`, result));
      } catch (error) {
        refuse(response, error);
      }
    },
  };
}

function element(name: string, content: string): string {
  return `<${name}>${content}</${name}>`;
}

function text(value: string): string {
  return value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
