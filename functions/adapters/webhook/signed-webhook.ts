import { request } from 'node:https';
import type { WebhookMessage } from '#domain/channel/channel-message.ts';
import { webhookSignature } from '#domain/channel/webhook-signature.ts';
import type { ChannelPort, SendAnswer } from '#ports/channel.ts';
import { RefusedAddressError } from '#runtime/errors.ts';
import { checkLiteral, publicLookup, type Resolve } from './public-lookup.ts';

/** What webhooks are sent with. */
export interface WebhookSettings {
  /** The stage's key that receivers verify with. */
  readonly key: () => Promise<Buffer>;
  readonly resolve: Resolve;
  readonly now: () => number;
  /** Opens the connection: Node's own unless a test has a listener of its own. */
  readonly open?: typeof request;
}

const patienceMs = 10_000;
const busyMs = 60_000;
/** What a receiver says is of no interest; nobody has to read more of it. */
const mostAnswerBytes = 16_384;

/**
 * POSTs messages to systems of the firm and its partners, signed as Standard Webhooks are. The id is the same each time, by which a receiver
 * knows a repeat. It goes to public addresses only, and follows no redirect: the next address would be another's word.
 */
export function signedWebhook({ key, resolve, now, open = request }: WebhookSettings): ChannelPort<WebhookMessage> {
  async function post({ url: text, messageId, body }: WebhookMessage): Promise<{ status: number; after: string }> {
    const url = new URL(text);
    if (url.protocol !== 'https:' || url.username !== '' || url.password !== '') {
      throw new RefusedAddressError('Webhooks go to https addresses without a password');
    }
    checkLiteral(url);
    const content = JSON.stringify(body);
    const headers = {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(content),
      'user-agent': 'lemniscate-webhook',
      ...webhookSignature(await key(), messageId, now(), content),
    };
    return new Promise((answer, fail) => {
      const call = open(url, {
        method: 'POST',
        headers,
        lookup: publicLookup(resolve),
        timeout: patienceMs,
        agent: false,
      });
      call.on('response', (response) => {
        let bytes = 0;
        response.on('data', (chunk: Buffer) => {
          bytes += chunk.length;
          if (bytes > mostAnswerBytes) response.destroy();
        });
        response.on('error', fail);
        response.on('close', () => {
          answer({ status: response.statusCode ?? 0, after: response.headers['retry-after'] ?? '' });
        });
      });
      call.on('timeout', () => call.destroy(new Error(`No answer within ${patienceMs} ms`)));
      call.on('error', fail);
      call.end(content);
    });
  }

  return {
    isIdempotent: true,
    async send(message) {
      try {
        const { status, after } = await post(message);
        return answerOf(status, after, message.messageId, now());
      } catch (error) {
        if (error instanceof RefusedAddressError) return { kind: 'refused', reason: 'address_refused' };
        return { kind: 'later', retryAtMs: now() + busyMs };
      }
    },
  };
}

function answerOf(status: number, after: string, providerId: string, nowMs: number): SendAnswer {
  if (status >= 200 && status < 300) return { kind: 'sent', providerId };
  if (status === 408 || status === 429 || status >= 500) {
    const seconds = /^\d{1,5}$/.test(after) ? Number(after) : 0;
    return { kind: 'later', retryAtMs: nowMs + Math.max(busyMs, seconds * 1000) };
  }
  return { kind: 'refused', reason: 'webhook_refused' };
}
