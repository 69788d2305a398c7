import type { Envelope } from '#domain/channel/channel-message.ts';
import type { MessageSubject } from '#domain/message/message-tokens.ts';
import type { MessageOrder } from '#domain/message/render-message.ts';

/** What a message says of itself, as a run's has it; `over` replaces fields. */
export const envelope = (over: Partial<Envelope> = {}): Envelope => ({
  messageId: 'WyJyMSIsMCwiYzEiXQ',
  decisionId: '0190f5f0-0000-8000-a000-000000000001',
  treatmentId: 'tv-mail',
  customerId: 'c1',
  channel: 'email',
  isPromotional: true,
  ...over,
});

export const messageSubject = (over: Partial<MessageSubject> = {}): MessageSubject => ({
  traits: new Map<string, unknown>([['plan', 'basic']]),
  personal: new Map<string, unknown>([['first_name', 'Ada']]),
  offer: { offerId: 'tv', name: 'Sport & more', group: 'cross-sell', value: { amountMinor: 4000, currency: 'EUR' } },
  treatmentId: 'tv-mail',
  decisionId: '0190f5f0-0000-8000-a000-000000000001',
  decidedAtMs: Date.parse('2026-03-10T12:00:00Z'),
  unsubscribeUrl: 'https://api.example/v1/unsubscribe/abc',
  ...over,
});

/** All that a message is made of: a mail, unless its content and channel say another. */
export const messageOrder = (over: Partial<MessageOrder> = {}): MessageOrder => ({
  envelope: envelope(),
  subject: messageSubject(),
  content: { subject: 'For you, {{ customer.first_name }}', html: '<p>{{ offer.name }}</p>' },
  placementId: 'email/newsletter',
  personaId: 'p1',
  address: 'ada@example.com',
  platform: 'GCM',
  day: '2026-03-10',
  validUntilMs: Date.parse('2026-03-12T12:00:00Z'),
  ...over,
});
