import type { IncomingMessage, ServerResponse } from 'node:http';

/** How long a client may take to send a whole request. */
export const requestTimeoutMs = 60_000;

/** How long the rest of a body that is not wanted may go on, so that its sender comes to read the answer. */
const lingerMs = 5_000;

/** The whole body, or undefined when it is over the limit: then the answer is `endUnread`'s. Throws when the sender goes away. */
export async function requestBody(request: IncomingMessage, maximumBytes: number): Promise<Buffer | undefined> {
  if (Number(request.headers['content-length'] ?? 0) > maximumBytes) return undefined;
  const chunks: Buffer[] = [];
  let bytes = 0;
  // Of a stream's consumers, `buffer` goes by way of a Blob, at several times the price. Returning must not end the connection.
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    bytes += chunk.length;
    if (bytes > maximumBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/**
 * Ends an answer to a request of which the body may not have been read to its end. Ended at once, the connection could be reset
 * while the client still sends, and a client that is reset does not read what it was answered.
 */
export function endUnread(response: ServerResponse, body: string | Buffer): void {
  const request = response.req;
  if (request.complete) {
    response.end(body);
    return;
  }
  response.write(body);
  const timer = setTimeout(() => response.end(() => request.socket.destroy()), lingerMs).unref();
  request.once('close', () => clearTimeout(timer));
  request.once('end', () => response.end());
  request.resume();
}
