import { randomUUID } from 'node:crypto';

/** What an optimised integration adds to a service's answer: of the HTTP exchange as far as it is the same everywhere. */
export function sdkMetadata(body: unknown) {
  const requestId = randomUUID();
  const headers = {
    Connection: 'keep-alive',
    'Content-Length': String(Buffer.byteLength(JSON.stringify(body))),
    'Content-Type': 'application/json',
    'x-amzn-RequestId': requestId,
  };
  return {
    SdkHttpMetadata: {
      AllHttpHeaders: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])),
      HttpHeaders: headers,
      HttpStatusCode: 200,
    },
    SdkResponseMetadata: { RequestId: requestId },
  };
}
