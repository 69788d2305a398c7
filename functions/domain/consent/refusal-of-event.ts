import type { Interaction } from '#domain/interaction/interaction.ts';

/** What an event of a mail, push or text message says no to. */
export interface EventRefusal {
  /** `refused`: the customer wants no more of it. `bounced`: the address takes none. */
  readonly kind: 'unsubscribed' | 'complained' | 'bounced';
  readonly channel: 'email' | 'sms' | 'push';
}

const channelWords: Readonly<Record<string, EventRefusal['channel']>> = {
  email: 'email',
  emails: 'email',
  mail: 'email',
  newsletter: 'email',
  sms: 'sms',
  text: 'sms',
  push: 'push',
};

/** Words that change nothing of what such a name says: `Unsubscribed From List`, `Group Unsubscribe`, `Marked Email as Spam`. */
const fillers = new Set(
  'a all as by click for from global group list marketing message messages mobile notification notifications one the to via was'.split(
    ' ',
  ),
);

const saidBy: Readonly<Record<string, EventRefusal['kind']>> = {
  unsubscribe: 'unsubscribed',
  unsubscribed: 'unsubscribed',
  'un subscribe': 'unsubscribed',
  'un subscribed': 'unsubscribed',
  'opt out': 'unsubscribed',
  'opted out': 'unsubscribed',
  optout: 'unsubscribed',
  optedout: 'unsubscribed',
  stop: 'unsubscribed',
  spam: 'complained',
  'marked spam': 'complained',
  'spam report': 'complained',
  spamreport: 'complained',
  'spam reported': 'complained',
  'reported spam': 'complained',
  'spam complaint': 'complained',
  complained: 'complained',
  complaint: 'complained',
  bounce: 'bounced',
  bounced: 'bounced',
  'hard bounce': 'bounced',
  'hard bounced': 'bounced',
};

/**
 * The refusal that a track event is: the Segment spec's *Unsubscribed*, *Email Marked as Spam*, *Email Bounced* and their like of
 * other vendors, in any case and spelling (`email_unsubscribed`, `Unsubscribed from Email Marketing`, `smsOptOut`). A name that
 * says no channel is about e-mail unless its properties say another. A bounce that is told to be soft is none.
 */
export function refusalOfEvent({ type, event, properties }: Interaction): EventRefusal | undefined {
  if (type !== 'track' || event === undefined) return undefined;
  const words = wordsOf(event);
  const said = words.filter((word) => channelOf(word) === undefined && !fillers.has(word)).join(' ');
  const kind = Object.hasOwn(saidBy, said) ? saidBy[said] : undefined;
  if (kind === undefined || (kind === 'bounced' && isSoft(properties))) return undefined;
  const named = words.map(channelOf).find((channel) => channel !== undefined);
  const told = typeof properties.channel === 'string' ? channelOf(properties.channel.toLowerCase()) : undefined;
  // "Stop" and "Bounced" alone can be a player's or a visitor's.
  if (named === undefined && told === undefined && (said === 'stop' || kind === 'bounced')) return undefined;
  return { kind, channel: named ?? told ?? 'email' };
}

/** The words of a name, `camelCase` and `snake_case` apart, in lower case; `e-mail` is one. */
function wordsOf(name: string): string[] {
  return name
    .replace(/e-mail/gi, 'email')
    .replace(/unSubscribe/g, 'Unsubscribe')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((word) => word !== '');
}

function channelOf(word: string): EventRefusal['channel'] | undefined {
  return Object.hasOwn(channelWords, word) ? channelWords[word] : undefined;
}

const typeFields = ['bounce_type', 'bounceType', 'type', 'classification', 'bounce_class', 'severity'] as const;
const codeFields = ['code', 'status', 'smtp_code', 'error_code', 'bounce_code'] as const;

/** Whether a bounce says of itself that the address may work again: by its type, or by a 4xx code of SMTP (RFC 3463). */
function isSoft(properties: Interaction['properties']): boolean {
  const types = typeFields.map((field) => String(properties[field] ?? ''));
  if (types.some((type) => /hard|permanent|invalid|unknown/i.test(type))) return false;
  return (
    types.some((type) => /soft|transient|temporary|block|defer|full/i.test(type)) ||
    codeFields.some((field) => /^4(\d\d|\.\d+\.\d+)\b/.test(String(properties[field] ?? '')))
  );
}
