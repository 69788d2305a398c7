import { busEntry } from '#contracts/bus/bus-event.ts';
import { decisionTag, messageTag } from '#contracts/wire/message-tags.ts';
import type { SesEvent } from '#contracts/wire/ses-event.ts';
import type { Returned } from '#domain/channel/address-record.ts';
import { withReturned } from '#domain/channel/address-record.ts';
import { isMachine } from '#domain/channel/is-machine.ts';
import { contactOfMessage } from '#domain/channel/message-id.ts';
import type { Interaction } from '#domain/interaction/interaction.ts';
import type { JsonObject } from '#domain/text/json-object.ts';
import type { Bus } from '#ports/bus.ts';
import type { Contacts } from '#ports/contacts.ts';
import { type AddressReservationDeps, addressReservations } from './address-reservations.ts';

export interface TakeMailEventDeps extends AddressReservationDeps {
  readonly contacts: Pick<Contacts, 'find' | 'settle'>;
  readonly bus: Bus;
  readonly hashAddress: (type: string, address: string) => Promise<string>;
  readonly newId: () => string;
}

/**
 * Takes what SES tells of a mail. That it was sent settles its contact where the sender did not live to; what came back is written down with its
 * address; and what the reader did is an interaction of theirs, by the names of the Segment spec: profile, lake and dispositions have it
 * from there. What programs do has names of its own, which mean no disposition. Told again nothing changes.
 */
export function takeMailEvent(deps: TakeMailEventDeps) {
  const reservations = addressReservations(deps);

  async function settleSent(messageId: string, providerId: string): Promise<void> {
    const ref = contactOfMessage(messageId);
    const contact = ref && (await deps.contacts.find(ref));
    if (contact?.state !== 'sending') return;
    await deps.contacts.settle([{ contact, to: { state: 'contacted', providerId } }], deps.now());
  }

  async function writeDown(addresses: readonly { readonly emailAddress: string }[], returned: Returned): Promise<void> {
    for (const { emailAddress } of addresses) {
      const key = await deps.hashAddress('email', plainAddress(emailAddress));
      await reservations.change(key, (record) => withReturned(record, returned));
    }
  }

  async function tell(event: SesEvent, name: string, atText: string, more: JsonObject = {}): Promise<void> {
    const { messageId, tags } = event.mail;
    const contact = contactOfMessage(tags[messageTag]?.[0] ?? '');
    if (contact === undefined) return;
    const occurredAt = new Date(atText).toISOString();
    const isTold = name.endsWith(byMachine);
    const decisionId = tags[decisionTag]?.[0];
    const interaction: Interaction = {
      messageId: `ses:${messageId}:${name}:${occurredAt}`,
      type: 'track',
      event: name,
      occurredAt,
      receivedAt: new Date(deps.now()).toISOString(),
      touchpoint: 'email',
      standing: 'trusted',
      // An event with a decision's id means a disposition: see `derive-dispositions`.
      properties: {
        ...(decisionId === undefined ? {} : { [isTold ? 'of_decision' : decisionTag]: decisionId }),
        ...more,
      },
      traits: {},
      context: {},
    };
    const personas = [{ personaId: contact.customerId, interactions: [interaction] }];
    const stamp = { newId: deps.newId, occurredAt: interaction.receivedAt };
    await deps.bus.publish([busEntry('InteractionsReceived', stamp, { personas })]);
  }

  return async (event: SesEvent): Promise<void> => {
    const { mail, bounce, complaint, delivery, open, click } = event;
    if (event.eventType === 'Send') await settleSent(mail.tags[messageTag]?.[0] ?? '', mail.messageId);
    if (delivery !== undefined) await tell(event, 'Email Delivered', delivery.timestamp);
    if (bounce !== undefined) {
      const { bounceType, bounceSubType, feedbackId, timestamp } = bounce;
      const kind = bounceType === 'Permanent' ? 'hard-bounce' : 'soft-bounce';
      await writeDown(bounce.bouncedRecipients, { kind, eventId: feedbackId, atMs: Date.parse(timestamp) });
      await tell(event, 'Email Bounced', timestamp, { bounce_type: bounceType, bounce_subtype: bounceSubType });
    }
    // What a reader takes out of the folder of spam is none.
    if (complaint !== undefined && complaint.complaintFeedbackType !== 'not-spam') {
      const { feedbackId, timestamp } = complaint;
      await writeDown(complaint.complainedRecipients, {
        kind: 'complaint',
        eventId: feedbackId,
        atMs: Date.parse(timestamp),
      });
      await tell(event, 'Email Marked as Spam', timestamp);
    }
    if (open !== undefined) await tell(event, byWhom('Email Opened', event, open), open.timestamp);
    if (click !== undefined) {
      await tell(event, byWhom('Email Link Clicked', event, click), click.timestamp, { url: click.link });
    }
  };
}

const byMachine = ' by Machine';

function byWhom(name: string, { mail }: SesEvent, { userAgent, timestamp }: { userAgent: string; timestamp: string }) {
  const sinceSentMs = Date.parse(timestamp) - Date.parse(mail.timestamp);
  return isMachine(userAgent, sinceSentMs) ? `${name}${byMachine}` : name;
}

/** `Ada <ada@example.com>` as SES hands some back. */
function plainAddress(text: string): string {
  return (/<([^<>]+)>\s*$/.exec(text)?.[1] ?? text).trim().toLowerCase();
}
