import type { JsonObject } from '#domain/text/json-object.ts';

/** What every message says of itself, whatever carries it. */
export interface Envelope {
  /** Made of run, customer and treatment: a message that is sent again has it again. */
  readonly messageId: string;
  readonly decisionId: string;
  readonly treatmentId: string;
  readonly customerId: string;
  /** Where the customer reads it: a channel of the catalogue. */
  readonly channel: string;
  /** Whether it is an advertisement, or answers an order or a duty. */
  readonly isPromotional: boolean;
}

export interface EmailMessage extends Envelope {
  readonly carrier: 'email';
  readonly to: string;
  readonly subject: string;
  readonly html?: string;
  readonly text: string;
  /** Where one POST unsubscribes (RFC 8058); absent for what nobody can unsubscribe from. */
  readonly unsubscribeUrl?: string;
}

export interface SmsMessage extends Envelope {
  readonly carrier: 'sms';
  /** E.164. */
  readonly to: string;
  readonly text: string;
}

export interface PushMessage extends Envelope {
  readonly carrier: 'push';
  readonly token: string;
  readonly platform: PushPlatform;
  readonly title: string;
  readonly text: string;
  readonly url?: string;
}

/** Apple's service, its sandbox, and Google's. */
export const pushPlatforms = ['APNS', 'APNS_SANDBOX', 'GCM'] as const;
export type PushPlatform = (typeof pushPlatforms)[number];

export interface WebhookMessage extends Envelope {
  readonly carrier: 'webhook';
  readonly url: string;
  readonly body: JsonObject;
}

export interface CallMessage extends Envelope {
  readonly carrier: 'call-list';
  readonly desk: string;
  /** The day of the list, UTC: `2026-03-10`. */
  readonly day: string;
  readonly phone: string;
  readonly script: string;
  /** Columns of the desk's own. */
  readonly fields: Readonly<Record<string, string>>;
}

export interface InboundMessage extends Envelope {
  readonly carrier: 'inbound';
  readonly placementId: string;
  readonly personaId: string;
  readonly content: JsonObject;
  /** Until when it may be proposed, epoch milliseconds. */
  readonly validUntilMs: number;
}

export type ChannelMessage = EmailMessage | SmsMessage | PushMessage | WebhookMessage | CallMessage | InboundMessage;
