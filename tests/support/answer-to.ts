import { once } from 'node:events';
import type { ClientRequest, IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';

/** What a request is answered, whatever becomes of the rest of its body. */
export async function answerTo(sent: ClientRequest): Promise<{
  readonly status: number | undefined;
  readonly retryAfter: string | undefined;
  readonly body: string;
}> {
  const [response]: IncomingMessage[] = await once(sent, 'response');
  if (response === undefined) throw new Error('no response');
  return { status: response.statusCode, retryAfter: response.headers['retry-after'], body: await text(response) };
}
