import { type Carrier, carrierOf } from '#domain/channel/carrier.ts';
import type { ChannelMessage, Envelope, PushPlatform } from '#domain/channel/channel-message.ts';
import { isObject } from '#domain/text/is-object.ts';
import type { JsonObject } from '#domain/text/json-object.ts';
import { messageContents } from './message-content.ts';
import { type MessageSubject, type MessageTokens, messageTokens } from './message-tokens.ts';
import { type Rendered, renderText } from './render-text.ts';
import { textOfHtml } from './text-of-html.ts';

/** What a message is made of. */
export interface MessageOrder {
  readonly envelope: Envelope;
  readonly subject: MessageSubject;
  /** The treatment's. */
  readonly content: JsonObject;
  readonly placementId: string;
  readonly personaId: string;
  /** Where the carrier reaches the customer; empty where it needs no address. */
  readonly address: string;
  readonly platform: PushPlatform;
  /** The day of a call list, UTC. */
  readonly day: string;
  readonly validUntilMs: number;
}

/** A message, or why there is none: what the content lacks, and tokens that the customer has nothing for. */
export type RenderedMessage =
  | { readonly kind: 'message'; readonly message: ChannelMessage }
  | { readonly kind: 'faulty'; readonly missing: readonly string[]; readonly faults: readonly string[] };

/** Makes the message of a treatment for a customer, with every token filled. */
export function renderMessage(order: MessageOrder): RenderedMessage {
  const carrier = carrierOf(order.envelope.channel, order.content);
  const tokens = messageTokens(order.subject, carrier === 'webhook');
  const content = messageContents[carrier].safeParse(order.content);
  if (!content.success) {
    const faults = content.error.issues.map(({ path, message }) => `content.${path.join('.')}: ${message}`);
    return { kind: 'faulty', missing: [], faults };
  }
  const filling = fillWith(tokens);
  const message = messageOf(carrier, order, filling.fill);
  return filling.faults.length === 0
    ? { kind: 'message', message }
    : { kind: 'faulty', missing: [...new Set(filling.missing)], faults: filling.faults };
}

type Fill = (template: string, as?: 'html' | 'text') => string;

/** Fills templates, and keeps what is wrong with them. */
function fillWith(tokens: MessageTokens) {
  const missing: string[] = [];
  const faults: string[] = [];
  const fill: Fill = (template, as = 'text') => {
    const rendered: Rendered = renderText(template, tokens, as);
    if (rendered.kind === 'rendered') return rendered.text;
    missing.push(...rendered.missing);
    faults.push(...rendered.faults);
    return '';
  };
  return { fill, missing, faults };
}

function messageOf(carrier: Carrier, order: MessageOrder, fill: Fill): ChannelMessage {
  const { envelope, address, content } = order;
  switch (carrier) {
    case 'email': {
      const { subject, html, text } = messageContents.email.parse(content);
      const page = html === undefined ? undefined : fill(html, 'html');
      const { unsubscribeUrl } = order.subject;
      return {
        ...envelope,
        carrier,
        to: address,
        subject: oneLine(fill(subject)),
        ...(page === undefined ? {} : { html: page }),
        text: text === undefined ? textOfHtml(page ?? '') : fill(text),
        ...(unsubscribeUrl === undefined ? {} : { unsubscribeUrl }),
      };
    }
    case 'sms':
      return { ...envelope, carrier, to: address, text: fill(messageContents.sms.parse(content).text) };
    case 'push': {
      const { title, text, url } = messageContents.push.parse(content);
      const shown = { title: oneLine(fill(title)), text: fill(text), ...(url === undefined ? {} : { url: fill(url) }) };
      return { ...envelope, carrier, token: address, platform: order.platform, ...shown };
    }
    case 'webhook': {
      const { url, body } = messageContents.webhook.parse(content).webhook;
      // The address is the firm's own words: a trait in it could lead the message elsewhere.
      return { ...envelope, carrier, url, body: filledObject(body, fill) };
    }
    case 'call-list': {
      const { desk, script, fields } = messageContents['call-list'].parse(content);
      const filled = Object.entries(fields).map(([name, value]) => [name, fill(value)] as const);
      const row = { script: fill(script), fields: Object.fromEntries(filled) };
      return { ...envelope, carrier, desk, day: order.day, phone: address, ...row };
    }
    case 'inbound': {
      const { placementId, personaId, validUntilMs } = order;
      // What the touchpoint presents is handed on as it is in every decision: it has tokens of its own, if any.
      return { ...envelope, carrier, placementId, personaId, content, validUntilMs };
    }
  }
}

/** Texts at any depth of a body. */
function filledObject(object: JsonObject, fill: Fill): JsonObject {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, filled(value, fill)]));
}

function filled(value: unknown, fill: Fill): unknown {
  if (typeof value === 'string') return fill(value);
  if (Array.isArray(value)) return value.map((each) => filled(each, fill));
  return isObject(value) ? filledObject(value, fill) : value;
}

/** A subject is a header: a line break in a customer's name must not begin another one. */
function oneLine(text: string): string {
  return text.replace(/\p{Cc}+/gu, ' ').trim();
}
