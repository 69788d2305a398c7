import { createServer, type RequestListener } from 'node:http';
import { comeAgain } from './come-again.ts';
import { requestTimeoutMs } from './request-body.ts';

/** A port of this machine that is listened on; until it is told who answers, callers are asked to come again. */
export interface OpenPort {
  /** Without a slash at the end. */
  readonly url: string;
  answerWith(listener: RequestListener): void;
  /** Ends all connections. */
  close(): void;
}

/** Opens a port on the loopback address, a free one for 0. */
export async function openPort(port: number, keepAliveMs: number): Promise<OpenPort> {
  let answer: RequestListener = (_, response) => comeAgain(response);
  const server = createServer({ requestTimeout: requestTimeoutMs }, (request, response) => answer(request, response));
  server.keepAliveTimeout = keepAliveMs;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve());
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    answerWith(listener) {
      answer = listener;
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
