import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import type { SentMessage } from '#support/auditors/audited-run.ts';
import { basicAuth } from '../basic-auth.ts';

export type Message = SentMessage['message'];

/** Sends messages as an SDK does: what got no answer, 429 or 5xx is sent again, until there is an answer. */
export interface StubbornClient {
  /** Sends a batch, trying a few times. */
  send(batch: readonly Message[]): Promise<void>;
  /** Sends again whatever has no answer yet. */
  sendLeft(): Promise<void>;
  /** Every message sent so far with what is known of it. */
  sent(): readonly SentMessage[];
}

const attempts = 6;
const firstPauseMs = 4;
// Twice what an HTTP API waits for its function: who gives up earlier takes a slow answer for none.
const patienceMs = 60_000;

const CollectAnswer = z.object({
  results: z.array(z.object({ index: z.int(), status: z.enum(['accepted', 'rejected']) })),
});

/** A client of one touchpoint. Throws an Error when a request is refused as a whole, which no message here deserves. */
export function stubbornClient(url: string, writeKey: string): StubbornClient {
  const sent = new Map<string, SentMessage>();
  const headers = { authorization: basicAuth(writeKey) };

  const attempt = async (batch: readonly Message[]): Promise<boolean> => {
    const body = JSON.stringify({ batch });
    let response: Response;
    try {
      response = await fetch(`${url}/v1/batch`, {
        method: 'POST',
        headers,
        body,
        signal: AbortSignal.timeout(patienceMs),
      });
    } catch {
      return false;
    }
    const text = await response.text().catch(() => undefined);
    if (text === undefined || response.status === 429 || response.status >= 500) return false;
    if (!response.ok) throw new Error(`POST /v1/batch answered ${response.status}: ${text}`);
    for (const { index, status } of CollectAnswer.parse(JSON.parse(text)).results) {
      const message = batch[index];
      if (message) sent.set(message.messageId, { message, answer: status });
    }
    return true;
  };
  const send = async (batch: readonly Message[]): Promise<void> => {
    for (const message of batch) {
      if (!sent.has(message.messageId)) sent.set(message.messageId, { message, answer: 'unanswered' });
    }
    for (let tried = 1; tried <= attempts; tried++) {
      if (await attempt(batch)) return;
      await sleep(firstPauseMs * 2 ** tried);
    }
  };
  return {
    send,
    async sendLeft() {
      const left = [...sent.values()].filter(({ answer }) => answer === 'unanswered');
      if (left.length > 0) await send(left.map(({ message }) => message));
    },
    sent: () => [...sent.values()],
  };
}
