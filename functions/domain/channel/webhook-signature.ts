import { createHmac } from 'node:crypto';

/** Names of the headers of Standard Webhooks (https://www.standardwebhooks.com), which its libraries verify. */
export interface SignedHeaders {
  readonly 'webhook-id': string;
  readonly 'webhook-timestamp': string;
  readonly 'webhook-signature': string;
}

/** Signs a webhook: HMAC-SHA-256 of id, time and body. Who verifies refuses old times, so that a message can't be played again later. */
export function webhookSignature(key: Buffer, id: string, atMs: number, body: string): SignedHeaders {
  const seconds = String(Math.floor(atMs / 1000));
  const mac = createHmac('sha256', key).update(`${id}.${seconds}.${body}`, 'utf8').digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': seconds, 'webhook-signature': `v1,${mac}` };
}
