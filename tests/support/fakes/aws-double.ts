import { once } from 'node:events';
import { createServer } from 'node:http';

/** What AWS answers: its status and body. */
export interface AwsAnswer {
  readonly status: number;
  readonly body: string;
}

/** An AWS in this process for programs that are run as people run them: it answers each operation as the test says. */
export async function startAwsDouble(answerOf: (operation: string, body: string) => AwsAnswer) {
  const asked: string[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const target = String(request.headers['x-amz-target'] ?? '').split('.')[1];
    const operation = target ?? new URLSearchParams(body).get('Action') ?? `${request.method} ${request.url}`;
    asked.push(operation);
    const answer = answerOf(operation, body);
    response.writeHead(answer.status, {
      'content-type': answer.body.startsWith('<') ? 'text/xml' : 'application/json',
    });
    response.end(answer.body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The double has no port');
  return {
    endpoint: `http://127.0.0.1:${address.port}`,
    /** Operations in the order of the calls. */
    asked,
    async stop() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
