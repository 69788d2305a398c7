import type { JsonObject } from '#domain/text/json-object.ts';
import type { Channel } from '#domain/vocabulary/channel.ts';

/** What carries a message: several channels can have one, and a treatment of any channel can go to a system of the firm's by webhook. */
export const carriers = ['email', 'sms', 'push', 'webhook', 'call-list', 'inbound'] as const;
export type Carrier = (typeof carriers)[number];

const ofChannels: Readonly<Record<string, Carrier>> = {
  email: 'email',
  sms: 'sms',
  push: 'push',
  'call-centre': 'call-list',
  telesales: 'call-list',
  collections: 'call-list',
};

/**
 * Who carries a treatment's message: the webhook that its content names, or who its channel has. On all other channels customers come
 * by themselves, and what is sent waits for them.
 */
export function carrierOf(channel: Channel, content: JsonObject): Carrier {
  if (content.webhook !== undefined) return 'webhook';
  return Object.hasOwn(ofChannels, channel) ? (ofChannels[channel] ?? 'inbound') : 'inbound';
}
