import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { basicAuth } from '#scripts/target/basic-auth.ts';
import type { SentMessage } from '#support/auditors/audited-run.ts';

export type Message = SentMessage['message'];

/** Sends messages as an SDK does: what got no answer, 429 or 5xx is sent again, until there is an answer. */
export interface StubbornClient {
  /** Sends a batch, trying a few times. */
  send(batch: readonly Message[]): Promise<void>;
  /** Sends the bytes again in which messages were first sent. */
  resend(batch: readonly Message[]): Promise<void>;
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

/**
 * A client of one touchpoint; `asSent` says what a message looks like on the wire. Throws an Error when a request is refused as a
 * whole, which no message here deserves.
 */
export function stubbornClient(
  url: string,
  key: string,
  asSent: (message: Message) => unknown = (message) => message,
): StubbornClient {
  const sent = new Map<string, SentMessage>();
  const firstSent = new Map<string, unknown>();
  const headers = { authorization: basicAuth(key) };

  const attempt = async (batch: readonly Message[], onWire: (message: Message) => unknown): Promise<boolean> => {
    const body = JSON.stringify({ batch: batch.map(onWire) });
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
  const tryOften = async (batch: readonly Message[], onWire: (message: Message) => unknown): Promise<void> => {
    for (let tried = 1; tried <= attempts; tried++) {
      if (await attempt(batch, onWire)) return;
      await sleep(firstPauseMs * 2 ** tried);
    }
  };
  const send = async (batch: readonly Message[]): Promise<void> => {
    for (const message of batch) {
      if (sent.has(message.messageId)) continue;
      sent.set(message.messageId, { message, answer: 'unanswered' });
      firstSent.set(message.messageId, asSent(message));
    }
    await tryOften(batch, asSent);
  };
  return {
    send,
    resend: (batch) => tryOften(batch, (message) => firstSent.get(message.messageId) ?? asSent(message)),
    async sendLeft() {
      const left = [...sent.values()].filter(({ answer }) => answer === 'unanswered');
      if (left.length > 0) await send(left.map(({ message }) => message));
    },
    sent: () => [...sent.values()],
  };
}
