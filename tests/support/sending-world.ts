import { MemoryAddressRecords } from '#adapters/in-memory/memory-address-records.ts';
import { MemoryContacts } from '#adapters/in-memory/memory-contacts.ts';
import { MemorySendingRuns } from '#adapters/in-memory/memory-sending-runs.ts';
import type { CatalogueItem } from '#domain/catalogue/catalogue.ts';
import type { ChannelMessage } from '#domain/channel/channel-message.ts';
import { emptyLedger, type Contact as LedgerContact, withContacts } from '#domain/contact-policy/contact-ledger.ts';
import { fold } from '#domain/profile/fold.ts';
import { emptyState } from '#domain/profile/persona-state.ts';
import type { Channels, SendAnswer } from '#ports/channel.ts';
import type { SendingState } from '#ports/sending-switch.ts';
import { type SendDueMessagesDeps, sendDueMessages } from '#use-cases/send/send-due-messages.ts';
import { takeMailEvent } from '#use-cases/send/take-mail-event.ts';
import { campaignContact } from './builders/campaign-contact.ts';
import { saved } from './builders/catalogue-items.ts';
import { planOf } from './builders/decision-maker.ts';
import { interaction } from './builders/interaction.ts';
import { FakeBus } from './fakes/fake-bus.ts';
import { FakeDispositions } from './fakes/fake-dispositions.ts';

/** A customer of the world: what is known of it, and with whom it has become one. */
export interface SendingCustomer {
  readonly traits?: Readonly<Record<string, unknown>>;
  readonly consents?: Readonly<Record<string, boolean>>;
  readonly ledger?: readonly LedgerContact[];
}

/** One offer by e-mail, by text message and by webhook, to whoever agreed to marketing. */
export const sendingCatalogue = (...more: readonly CatalogueItem[]): CatalogueItem[] => [
  saved('offer-groups'),
  saved('offers'),
  saved('placements', {
    placementId: 'email/newsletter',
    touchpoint: 'email',
    channel: 'email',
    direction: 'outbound',
  }),
  saved('placements', { placementId: 'sms/short', touchpoint: 'sms', channel: 'sms', direction: 'outbound' }),
  saved('treatments', {
    treatmentId: 'tv-email',
    channel: 'email',
    placements: ['email/newsletter'],
    content: { subject: 'Hi {{ customer.first_name }}', text: '{{ offer.name }}: {{ links.unsubscribe }}' },
  }),
  saved('treatments', { treatmentId: 'tv-sms', channel: 'sms', placements: ['sms/short'], content: { text: 'Hi' } }),
  saved('treatments', {
    treatmentId: 'tv-partner',
    channel: 'sms',
    placements: ['sms/short'],
    content: { webhook: { url: 'https://partner.example/', body: { offer: '{{ offer.name }}' } } },
  }),
  ...more,
];

/** What is due to be sent, and who sends it, in memory. What providers got is in `delivered`. */
export class SendingWorld {
  nowMs = Date.UTC(2026, 2, 10, 12);
  readonly contacts = new MemoryContacts();
  readonly runs = new MemorySendingRuns();
  readonly addresses = new MemoryAddressRecords();
  readonly bus = new FakeBus();
  readonly dispositions = new FakeDispositions();
  readonly delivered: ChannelMessage[] = [];
  readonly faults: unknown[] = [];
  readonly customers = new Map<string, SendingCustomer>();
  switch: SendingState = { stopped: false };
  perMinute = 1000;
  /** What a provider does with a message: takes it, unless said otherwise. It may throw after the message has gone. */
  provider: (message: ChannelMessage) => SendAnswer | Promise<SendAnswer> = (message) => this.take(message);
  private readonly taken = new Map<string, number>();
  private readonly catalogue: readonly CatalogueItem[];

  constructor(catalogue: readonly CatalogueItem[] = sendingCatalogue()) {
    this.catalogue = catalogue;
    this.runs.runs.set('spring-1', { runId: 'spring-1', campaignId: 'spring', channels: ['email', 'sms'] });
  }

  take(message: ChannelMessage): SendAnswer {
    this.delivered.push(message);
    return { kind: 'sent', providerId: `provider-${this.delivered.length}` };
  }

  /** A customer with a name, an address and a yes, and a contact that is due. */
  async add(
    id: string,
    customer: SendingCustomer = {},
    contact: Parameters<typeof campaignContact>[1] = {},
  ): Promise<void> {
    const traits = { first_name: id, email: `${id}@example.com`, phone: '+4915112345678', ...customer.traits };
    this.customers.set(id, { consents: { marketing: true }, ...customer, traits });
    await this.contacts.add('spring-1', 0, [campaignContact(id, contact)]);
  }

  send = (over: Partial<SendDueMessagesDeps> = {}): Promise<number> => sendDueMessages({ ...this.deps(), ...over })();

  tell = (event: Parameters<ReturnType<typeof takeMailEvent>>[0]) =>
    takeMailEvent({ ...this.deps(), newId: () => 'id' })(event);

  state = (id: string) => this.contacts.contacts.get(`spring-1 0 ${id}`);

  /** States of all contacts with their reasons, by customer. */
  outcomes(): Record<string, string> {
    const all = [...this.contacts.contacts.values()];
    return Object.fromEntries(all.map(({ customerId, state, reason }) => [customerId, reason ?? state]));
  }

  deps(): SendDueMessagesDeps {
    const plan = planOf(this.catalogue);
    const port = (isIdempotent: boolean) => ({
      isIdempotent,
      send: async (message: ChannelMessage) => this.provider(message),
    });
    const channels: Channels = {
      email: port(false),
      sms: port(false),
      push: port(false),
      webhook: port(true),
      'call-list': port(true),
      inbound: port(true),
    };
    return {
      plan: async () => plan,
      reads: { load: async (id) => ({ customer: this.customerOf(id), made: undefined }) },
      contacts: this.contacts,
      addresses: this.addresses,
      runs: this.runs,
      sendingSwitch: { read: async () => this.switch },
      rates: { take: this.takeRate },
      perMinute: () => this.perMinute,
      channels,
      hashAddress: async (type, address) => `${type} ${address}`,
      unsubscribeUrl: async ({ personaId }) => `https://api.example/v1/unsubscribe/${personaId}`,
      usualZone: 'UTC',
      dispositions: this.dispositions,
      bus: this.bus,
      now: () => this.nowMs,
      newId: () => 'id',
      pause: async () => {},
      onFault: (fault) => this.faults.push(fault),
    };
  }

  private takeRate: SendDueMessagesDeps['rates']['take'] = async (channel, nowMs, wanted, most) => {
    const key = `${channel} ${Math.floor(nowMs / 60_000)}`;
    const before = this.taken.get(key) ?? 0;
    this.taken.set(key, before + wanted);
    return Math.max(0, Math.min(wanted, most - before));
  };

  private customerOf(id: string) {
    const { traits = {}, consents = {}, ledger = [] } = this.customers.get(id) ?? {};
    const said = interaction({
      type: 'identify',
      event: undefined,
      traits: { ...traits },
      context: { consent: { categoryPreferences: { ...consents }, isExplicit: true } },
    });
    const memory = { state: emptyState(), days: new Map(), orders: new Map() };
    const contacts = withContacts(emptyLedger([id, ...ledger.map(({ personaId }) => personaId)]), ledger);
    const before = { customerId: id, version: 1, ledger: contacts };
    return { customerId: id, states: [fold(memory, [said]).state], before, ledger: contacts };
  }
}
