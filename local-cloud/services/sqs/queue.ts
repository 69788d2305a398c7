import { createHash, randomUUID } from 'node:crypto';
import * as z from 'zod';
import { openJournal } from '#local-cloud/cloud/journal.ts';
import type { Shuffle } from '#local-cloud/cloud/service.ts';

const attributeMap = z.record(z.string(), z.record(z.string(), z.unknown()));

const message = z.object({
  id: z.string(),
  body: z.string(),
  attributes: attributeMap.optional(),
  sentAt: z.number(),
});
const journalEntry = z.union([z.object({ put: message }), z.object({ deleted: z.array(z.string()) })]);

interface Message extends z.infer<typeof message> {
  receives: number;
  firstReceivedAt?: number;
  /** Epoch milliseconds before which nobody receives it. */
  visibleAt: number;
  receipt?: string;
}

/** A message as a receiver gets it. */
export type ReceivedMessage = Readonly<Message> & { readonly receipt: string; readonly bodyMd5: string };

/** Settings of one queue. */
export interface QueueSettings {
  readonly name: string;
  readonly arn: string;
  readonly visibilityTimeoutSeconds: number;
  readonly delaySeconds: number;
  readonly retentionSeconds: number;
  readonly deadLetters?: { readonly arn: string; readonly maxReceives: number };
}

/** One standard queue, durable: what was sent and not deleted is there after a restart. */
export interface Queue {
  readonly settings: QueueSettings;
  send(
    body: string,
    attributes: z.infer<typeof attributeMap> | undefined,
    delaySeconds: number,
    nowMs: number,
  ): { readonly id: string; readonly bodyMd5: string };
  /** Hands out up to `limit` visible messages; those received too often go to `bury` instead. */
  receive(
    limit: number,
    visibilitySeconds: number,
    nowMs: number,
    bury: (dead: Message) => void,
    shuffle?: Shuffle,
  ): ReceivedMessage[];
  /** Deletes by receipt handle; a handle that no longer fits is ignored, as SQS does. */
  delete(receipts: readonly string[]): void;
  changeVisibility(receipt: string, seconds: number, nowMs: number): boolean;
  /** Takes every message out, visible or not, once `keep` has had them all. */
  drain(keep?: (message: Message) => void): void;
  expire(nowMs: number): void;
  counts(nowMs: number): { visible: number; hidden: number; delayed: number };
  close(): void;
}

/** Opens a queue with the messages that its journal holds. */
export function openQueue(settings: QueueSettings, journalPath: string): Queue {
  const messages = new Map<string, Message>();
  const journal = openJournal(journalPath, (entry) => {
    const parsed = journalEntry.parse(entry);
    if ('put' in parsed) messages.set(parsed.put.id, { ...parsed.put, receives: 0, visibleAt: 0 });
    else for (const id of parsed.deleted) messages.delete(id);
  });
  // What was deleted need not be read again.
  journal.rewrite([...messages.values()].map((item) => ({ put: message.parse(item) })));
  let deleted = 0;

  const forget = (ids: readonly string[]): void => {
    if (ids.length === 0) return;
    for (const id of ids) messages.delete(id);
    deleted += ids.length;
    if (messages.size === 0 && deleted > 1000) {
      journal.rewrite([]);
      deleted = 0;
    } else journal.append({ deleted: ids });
  };

  return {
    settings,
    send(body, attributes, delaySeconds, nowMs) {
      const stored = { id: randomUUID(), body, ...(attributes ? { attributes } : {}), sentAt: nowMs };
      journal.append({ put: stored });
      messages.set(stored.id, { ...stored, receives: 0, visibleAt: nowMs + delaySeconds * 1000 });
      return { id: stored.id, bodyMd5: md5(body) };
    },
    receive(limit, visibilitySeconds, nowMs, bury, shuffle) {
      const received: ReceivedMessage[] = [];
      const dead: Message[] = [];
      const maxReceives = settings.deadLetters?.maxReceives ?? Number.POSITIVE_INFINITY;
      for (const item of shuffle ? shuffle([...messages.values()]) : messages.values()) {
        if (received.length >= limit) break;
        if (item.visibleAt > nowMs) continue;
        if (item.receives >= maxReceives) {
          dead.push(item);
          continue;
        }
        item.receives++;
        item.firstReceivedAt ??= nowMs;
        item.visibleAt = nowMs + visibilitySeconds * 1000;
        item.receipt = randomUUID();
        received.push({ ...item, receipt: `${item.id}/${item.receipt}`, bodyMd5: md5(item.body) });
      }
      for (const item of dead) bury(item);
      forget(dead.map(({ id }) => id));
      return received;
    },
    delete: (receipts) => forget(receipts.map(idOf).filter((id) => messages.has(id))),
    changeVisibility(receipt, seconds, nowMs) {
      const item = messages.get(idOf(receipt));
      if (!item) return false;
      item.visibleAt = nowMs + seconds * 1000;
      return true;
    },
    drain(keep = () => undefined) {
      const all = [...messages.values()];
      for (const item of all) keep(item);
      forget(all.map(({ id }) => id));
    },
    expire(nowMs) {
      const oldest = nowMs - settings.retentionSeconds * 1000;
      forget([...messages.values()].filter(({ sentAt }) => sentAt < oldest).map(({ id }) => id));
    },
    counts(nowMs) {
      const counts = { visible: 0, hidden: 0, delayed: 0 };
      for (const { visibleAt, receives } of messages.values()) {
        counts[visibleAt <= nowMs ? 'visible' : receives > 0 ? 'hidden' : 'delayed'] += 1;
      }
      return counts;
    },
    close: () => journal.close(),
  };
}

const idOf = (receipt: string): string => receipt.split('/')[0] ?? receipt;
const md5 = (text: string): string => createHash('md5').update(text).digest('hex');
