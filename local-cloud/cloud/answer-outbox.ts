import type { IncomingMessage } from 'node:http';
import * as z from 'zod';
import { answersTo, simulatedCustomers } from '#local-cloud/outbox/customer-simulator.ts';
import type { OutboxControl } from '#local-cloud/outbox/outbox-control.ts';
import { readerAct } from '#local-cloud/outbox/reader-act.ts';

const path = '/_local/outbox';

/**
 * `GET /_local/outbox` shows what was sent; `POST /_local/outbox/acts` has somebody do something with a mail; `POST
 * /_local/outbox/customers` has seeded customers answer all mails since a time. Undefined for what is not about the outbox.
 */
export async function answerOutbox(
  { outbox, actOn }: OutboxControl,
  { method, url = '' }: Pick<IncomingMessage, 'method' | 'url'>,
  body: Buffer,
): Promise<{ readonly status: number; readonly body: object } | undefined> {
  const asked = URL.parse(url, 'http://localhost');
  if (asked === null || !asked.pathname.startsWith(path)) return undefined;
  try {
    switch (`${method} ${asked.pathname}`) {
      case `GET ${path}`: {
        const { searchParams } = asked;
        const messages = outbox({
          channel: searchParams.get('channel') ?? undefined,
          customer: searchParams.get('customer') ?? undefined,
        });
        return { status: 200, body: { messages } };
      }
      case `POST ${path}/acts`: {
        const isDone = await actOn(readerAct.parse(JSON.parse(body.toString())));
        return isDone ? { status: 200, body: {} } : { status: 404, body: { message: 'the outbox has no such mail' } };
      }
      case `POST ${path}/customers`: {
        const { since = '', ...customers } = simulated.parse(JSON.parse(body.toString()));
        const mails = outbox({ channel: 'email' }).filter(({ sentAt }) => sentAt >= since);
        const acts = mails.flatMap((mail) => answersTo(mail, customers));
        for (const act of acts) await actOn(act);
        return { status: 200, body: { mails: mails.length, acts: acts.length } };
      }
      default:
        return undefined;
    }
  } catch (error) {
    if (!(error instanceof z.ZodError || error instanceof SyntaxError)) throw error;
    return { status: 400, body: { message: error instanceof z.ZodError ? z.prettifyError(error) : error.message } };
  }
}

const simulated = simulatedCustomers.extend({ since: z.iso.datetime().optional() });
