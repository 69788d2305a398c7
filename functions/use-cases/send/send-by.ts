import type { ChannelMessage } from '#domain/channel/channel-message.ts';
import type { Channels, SendAnswer } from '#ports/channel.ts';

/** Hands a message to who carries it. */
export function sendBy(channels: Channels, message: ChannelMessage): Promise<SendAnswer> {
  switch (message.carrier) {
    case 'email':
      return channels.email.send(message);
    case 'sms':
      return channels.sms.send(message);
    case 'push':
      return channels.push.send(message);
    case 'webhook':
      return channels.webhook.send(message);
    case 'call-list':
      return channels['call-list'].send(message);
    case 'inbound':
      return channels.inbound.send(message);
  }
}
