import type { ChannelMessage } from '#domain/channel/channel-message.ts';

/** What a provider says of a message. */
export type SendAnswer =
  | { readonly kind: 'sent'; readonly providerId: string }
  /** It will never take this message: to be sent again is of no use. */
  | { readonly kind: 'refused'; readonly reason: RefusalReason }
  /** It would take it later, epoch milliseconds. Nothing has gone out. */
  | { readonly kind: 'later'; readonly retryAtMs: number };

/** Codes that analysts count by. */
export const refusalReasons = [
  'address_refused',
  'not_configured',
  'opted_out',
  'too_large',
  'webhook_refused',
  'provider_refused',
] as const;
export type RefusalReason = (typeof refusalReasons)[number];

/** One way to a customer. A fault that is thrown says nothing about whether the message has gone. */
export interface ChannelPort<Message extends ChannelMessage = ChannelMessage> {
  /**
   * Whether a message that is sent again under its id has no second effect. Where it has, who sends waits for the provider's own event
   * after a fault.
   */
  readonly isIdempotent: boolean;
  send(message: Message): Promise<SendAnswer>;
}

/** A port for each carrier, each taking messages of its own. */
export type Channels = {
  readonly [Carrier in ChannelMessage['carrier']]: ChannelPort<Extract<ChannelMessage, { carrier: Carrier }>>;
};
