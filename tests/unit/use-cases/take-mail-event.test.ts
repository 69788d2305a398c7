import { beforeEach, describe, expect, test } from 'vitest';
import { SesEvent } from '#contracts/wire/ses-event.ts';
import { messageIdOf } from '#domain/channel/message-id.ts';
import { consentWords } from '#domain/consent/consent-words.ts';
import { dispositionOfEvent } from '#domain/disposition/disposition-of-event.ts';
import { saved } from '#support/builders/catalogue-items.ts';
import { SendingWorld, sendingCatalogue } from '#support/sending-world.ts';

const decisionId = '0f0f0f0f-0000-8000-a000-000000000001';
let world: SendingWorld;
beforeEach(() => {
  world = new SendingWorld();
});

const event = (eventType: string, more: object) =>
  SesEvent.parse({
    eventType,
    mail: {
      messageId: 'ses-1',
      timestamp: '2026-03-10T12:00:00Z',
      destination: ['ada@example.com'],
      tags: {
        message_id: [messageIdOf({ runId: 'spring-1', chunk: 0, customerId: 'ada' })],
        decision_id: [decisionId],
      },
    },
    ...more,
  });
const bounce = (bounceType: string, feedbackId: string, timestamp = '2026-03-10T12:00:05Z') =>
  event('Bounce', {
    bounce: { bounceType, feedbackId, timestamp, bouncedRecipients: [{ emailAddress: 'Ada <ADA@example.com>' }] },
  });
const read = (eventType: 'Open' | 'Click', userAgent: string, timestamp = '2026-03-10T12:05:00Z') =>
  event(eventType, { [eventType.toLowerCase()]: { userAgent, timestamp, link: 'https://shop.example/' } });

const told = () =>
  world.bus
    .details('InteractionsReceived')
    .flatMap(({ personas }) => personas.flatMap(({ interactions }) => interactions));
const suppressed = () => world.addresses.records.get('email ada@example.com')?.record.suppressions ?? {};

/** What becomes of a message to Ada, of an offer of a kind. */
async function sent(kind: 'standard' | 'transactional' = 'standard') {
  const own = sendingCatalogue().filter((each) => each.kind !== 'offers');
  const text = '{{ offer.name }}';
  const next = new SendingWorld([
    ...own.filter(({ kind: of }) => of !== 'treatments'),
    saved('offers', { kind }),
    saved('treatments', {
      treatmentId: 'tv-email',
      channel: 'email',
      placements: ['email/newsletter'],
      content: { subject: text, text },
    }),
  ]);
  for (const [key, record] of world.addresses.records) next.addresses.records.set(key, record);
  await next.add('ada');
  await next.send();
  return next.outcomes().ada;
}

describe('a bounce', () => {
  test('that is hard stops all to the address at once, and is the customer’s no', async () => {
    await world.tell(bounce('Permanent', 'f1'));
    expect(suppressed()).toEqual({ all: { reason: 'bounced', atMs: Date.parse('2026-03-10T12:00:05Z') } });
    expect(told().flatMap(consentWords)).toMatchObject([{ category: 'address:email', granted: false }]);
    expect(await sent()).toBe('suppressed');
  });

  test('that is soft stops advertisements after the third in two weeks; what is told twice counts once', async () => {
    await world.tell(bounce('Transient', 'f1', '2026-03-01T12:00:00Z'));
    await world.tell(bounce('Transient', 'f1', '2026-03-01T12:00:00Z'));
    await world.tell(bounce('Transient', 'f2', '2026-03-09T12:00:00Z'));
    expect(suppressed()).toEqual({});
    await world.tell(bounce('Transient', 'f3', '2026-03-14T12:00:00Z'));
    expect(Object.keys(suppressed())).toEqual(['promotional']);
    expect(told().flatMap(consentWords)).toEqual([]);
    expect(await sent()).toBe('suppressed');
  });

  test('that is soft and two weeks old is of the past', async () => {
    for (const [index, at] of ['2026-03-01T12:00:00Z', '2026-03-09T12:00:00Z', '2026-03-15T12:00:01Z'].entries()) {
      await world.tell(bounce('Transient', `f${index}`, at));
    }
    expect(suppressed()).toEqual({});
    expect(await sent()).toBe('contacted');
  });
});

test('a complaint stops advertisements, and no other mail', async () => {
  const complaint = {
    complainedRecipients: [{ emailAddress: 'ada@example.com' }],
    feedbackId: 'c1',
    timestamp: '2026-03-10T13:00:00Z',
  };
  await world.tell(event('Complaint', { complaint: { ...complaint, complaintFeedbackType: 'not-spam' } }));
  expect(suppressed()).toEqual({});
  await world.tell(event('Complaint', { complaint }));
  expect(Object.keys(suppressed())).toEqual(['promotional']);
  expect(told().map(dispositionOfEvent)).toMatchObject([{ decisionId, disposition: 'complained' }]);
  expect(await sent()).toBe('suppressed');
  expect(await sent('transactional')).toBe('contacted');
});

describe('what a reader does', () => {
  const phone =
    'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148';

  test('is a disposition of the decision', async () => {
    await world.tell(read('Open', phone));
    await world.tell(read('Click', phone));
    await world.tell(
      read('Open', 'Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)'),
    );
    expect(told().map((each) => dispositionOfEvent(each)?.disposition)).toEqual(['presented', 'clicked', 'presented']);
    expect(told()[1]).toMatchObject({
      touchpoint: 'email',
      properties: { decision_id: decisionId, url: 'https://shop.example/' },
    });
  });

  test.each([
    ['Mozilla/5.0', '2026-03-10T12:05:00Z'],
    ['', '2026-03-10T12:05:00Z'],
    ['Barracuda Sentinel (EE)', '2026-03-10T12:05:00Z'],
    ['Mozilla/5.0 (compatible; bingbot/2.0)', '2026-03-10T12:05:00Z'],
    ['python-requests/2.31', '2026-03-10T12:05:00Z'],
    [phone, '2026-03-10T12:00:01Z'],
  ])('is kept, marked and no disposition when a program does it: %s at %s', async (userAgent, timestamp) => {
    await world.tell(read('Open', userAgent, timestamp));
    await world.tell(read('Click', userAgent, timestamp));
    expect(told().map((each) => each.event)).toEqual(['Email Opened by Machine', 'Email Link Clicked by Machine']);
    expect(told().map(dispositionOfEvent)).toEqual([undefined, undefined]);
    expect(told()[0]?.properties).toEqual({ of_decision: decisionId });
  });

  test('has one message id however often it is told', async () => {
    await world.tell(read('Open', phone));
    await world.tell(read('Open', phone));
    expect(new Set(told().map(({ messageId }) => messageId)).size).toBe(1);
  });
});

test('a mail that is no contact’s, as a test is, tells nothing of a customer', async () => {
  const { mail } = event('Open', {});
  await world.tell({ ...read('Open', 'Thunderbird'), mail: { ...mail, tags: { message_id: ['test'] } } });
  expect(told()).toEqual([]);
});
