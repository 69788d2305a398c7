import '#support/property-seed.ts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { renderMessage } from '#domain/message/render-message.ts';
import { envelope, messageOrder, messageSubject } from '#support/builders/message.ts';

describe('an e-mail', () => {
  test('has a subject, HTML, and a text of its HTML where it has none of its own', () => {
    const html =
      '<style>p{}</style><p>{{ offer.name }}</p><ul><li>a</li></ul><a href="{{ "https://x.example" | link }}">Go</a>';
    expect(renderMessage(messageOrder({ content: { subject: 'Hi {{ customer.first_name }}', html } }))).toMatchObject({
      kind: 'message',
      message: {
        carrier: 'email',
        to: 'ada@example.com',
        subject: 'Hi Ada',
        html: expect.stringContaining('<p>Sport &amp; more</p>'),
        text: 'Sport & more\n\n- a\nGo (https://x.example/?decision_id=0190f5f0-0000-8000-a000-000000000001&treatment_id=tv-mail)',
        unsubscribeUrl: 'https://api.example/v1/unsubscribe/abc',
      },
    });
  });

  test('is not sent with a token that the customer has nothing for', () => {
    const content = { subject: 'Hi {{ customer.nick_name }}', text: '{{ customer.shoe_size }}' };
    expect(renderMessage(messageOrder({ content }))).toMatchObject({
      kind: 'faulty',
      missing: ['customer.nick_name', 'customer.shoe_size'],
    });
  });

  test('needs a subject, and HTML or text', () => {
    expect(renderMessage(messageOrder({ content: { html: 'x' } }))).toMatchObject({ kind: 'faulty', missing: [] });
    expect(renderMessage(messageOrder({ content: { subject: 'x' } })).kind).toBe('faulty');
  });

  test('has one subject, whatever line breaks a trait has', () => {
    const breaks = fc.array(fc.constantFrom('\r', '\n', 'Bcc: all@example.com', ' ', '\u0085', '\0', 'x'), {
      maxLength: 8,
    });
    fc.assert(
      fc.property(breaks, (parts) => {
        const subject = messageSubject({ personal: new Map([['first_name', parts.join('')]]) });
        const rendered = renderMessage(
          messageOrder({ subject, content: { subject: '{{ customer.first_name }}', text: 't' } }),
        );
        if (rendered.kind !== 'message' || rendered.message.carrier !== 'email') throw new Error('Expected a mail');
        expect(rendered.message.subject).not.toMatch(/\p{Cc}/u);
      }),
    );
  });
});

test('a text message, a push message and a call have their tokens filled', () => {
  const text = 'Hi {{ customer.first_name }}';
  const of = (channel: string, content: Record<string, unknown>) =>
    renderMessage(messageOrder({ envelope: envelope({ channel }), content }));
  expect(of('sms', { text })).toMatchObject({ message: { carrier: 'sms', text: 'Hi Ada' } });
  expect(of('push', { title: text, text: 'x' })).toMatchObject({
    message: { carrier: 'push', title: 'Hi Ada', platform: 'GCM' },
  });
  expect(of('call-centre', { script: text, desk: 'retention', fields: { plan: '{{ customer.plan }}' } })).toMatchObject(
    {
      message: {
        carrier: 'call-list',
        script: 'Hi Ada',
        desk: 'retention',
        day: '2026-03-10',
        fields: { plan: 'basic' },
      },
    },
  );
  expect(of('call-centre', { script: text, desk: '../other' }).kind).toBe('faulty');
});

test('a webhook has texts at any depth filled, without personal traits, at an address of nobody’s words', () => {
  const webhook = (body: unknown, url = 'https://partner.example/{{ customer.plan }}') =>
    renderMessage(messageOrder({ content: { webhook: { url, body } } }));
  expect(webhook({ plan: '{{ customer.plan }}', list: [{ offer: '{{ offer.name }}' }], count: 3 })).toMatchObject({
    message: {
      carrier: 'webhook',
      url: 'https://partner.example/{{ customer.plan }}',
      body: { plan: 'basic', list: [{ offer: 'Sport & more' }], count: 3 },
    },
  });
  expect(webhook({ name: '{{ customer.first_name }}' })).toMatchObject({
    kind: 'faulty',
    missing: ['customer.first_name'],
  });
  expect(webhook({}, 'http://partner.example').kind).toBe('faulty');
});
