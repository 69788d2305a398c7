import { describe, expect, test } from 'vitest';
import { refusalOfEvent } from '#domain/consent/refusal-of-event.ts';
import { interaction } from '#support/builders/interaction.ts';

const meaning = (event: string, properties: Record<string, unknown> = {}) => {
  const refusal = refusalOfEvent(interaction({ event, properties }));
  return refusal === undefined ? undefined : `${refusal.kind} ${refusal.channel}`;
};

describe('a refusal is told by', () => {
  test.each([
    ['Unsubscribed', 'unsubscribed email'],
    ['unsubscribed', 'unsubscribed email'],
    ['UNSUBSCRIBED', 'unsubscribed email'],
    ['Email Unsubscribed', 'unsubscribed email'],
    ['email_unsubscribed', 'unsubscribed email'],
    ['emailUnSubscribe', 'unsubscribed email'],
    ['E-mail unsubscribe', 'unsubscribed email'],
    ['List Unsubscribe', 'unsubscribed email'],
    ['Email List Unsubscribed', 'unsubscribed email'],
    ['group_unsubscribe', 'unsubscribed email'],
    ['One-Click Unsubscribe', 'unsubscribed email'],
    ['Unsubscribed from Email Marketing', 'unsubscribed email'],
    ['Unsubscribed from List', 'unsubscribed email'],
    ['Email Marked as Spam', 'complained email'],
    ['email marked as spam', 'complained email'],
    ['Marked Email as Spam', 'complained email'],
    ['Spam Report', 'complained email'],
    ['spamreport', 'complained email'],
    ['emailComplaint', 'complained email'],
    ['Email Complained', 'complained email'],
    ['Email Bounced', 'bounced email'],
    ['emailBounce', 'bounced email'],
    ['Bounced Email', 'bounced email'],
    ['Email Hard Bounced', 'bounced email'],
    ['SMS Unsubscribed', 'unsubscribed sms'],
    ['smsOptOut', 'unsubscribed sms'],
    ['SMS STOP', 'unsubscribed sms'],
    ['Text Message Opted Out', 'unsubscribed sms'],
    ['Push Notification Unsubscribed', 'unsubscribed push'],
    ['Push Opt-Out', 'unsubscribed push'],
    ['Push Notification Bounced', 'bounced push'],
  ])('%s', (event, expected) => {
    expect(meaning(event)).toBe(expected);
  });

  test.each([
    [{ channel: 'sms' }, 'unsubscribed sms'],
    [{ channel: 'SMS' }, 'unsubscribed sms'],
    [{ channel: 'pigeon' }, 'unsubscribed email'],
  ])('Unsubscribed with %j', (properties, expected) => {
    expect(meaning('Unsubscribed', properties)).toBe(expected);
  });
});

describe('no refusal is told by', () => {
  test.each([
    'Email Opened',
    'Unsubscribe Page Viewed',
    'Stop',
    'Bounced',
    'Spam Filter Enabled',
    'Email Soft Bounced',
    'Opted In',
  ])('%s', (event) => {
    expect(meaning(event)).toBeUndefined();
  });

  test('an event of another type than track', () => {
    expect(refusalOfEvent(interaction({ type: 'page', event: 'Unsubscribed' }))).toBeUndefined();
  });

  test.each([
    [{ bounce_type: 'soft' }, undefined],
    [{ bounce_type: 'Transient' }, undefined],
    [{ bounceType: 'temporary' }, undefined],
    [{ type: 'blocked' }, undefined],
    [{ code: 421 }, undefined],
    [{ status: '4.2.2' }, undefined],
    [{ bounce_type: 'hard' }, 'bounced email'],
    [{ bounce_type: 'Permanent' }, 'bounced email'],
    [{ code: 550 }, 'bounced email'],
    [{ status: '5.1.1' }, 'bounced email'],
    [{}, 'bounced email'],
  ])('a bounce with %j unless it is hard', (properties, expected) => {
    expect(meaning('Email Bounced', properties)).toBe(expected);
  });
});
