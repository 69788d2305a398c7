import '#support/property-seed.ts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { messageTokens } from '#domain/message/message-tokens.ts';
import { renderText } from '#domain/message/render-text.ts';
import { messageSubject } from '#support/builders/message.ts';

const tokens = (personal: Record<string, unknown> = { first_name: 'Ada' }) =>
  messageTokens(messageSubject({ personal: new Map(Object.entries(personal)) }), false);
const text = (template: string) => renderText(template, tokens(), 'text');
const html = (template: string) => renderText(template, tokens(), 'html');

describe('a template', () => {
  test('has its tokens filled', () => {
    expect(text('{{ customer.first_name }}: {{ offer.name }}, {{ customer.plan }}')).toEqual({
      kind: 'rendered',
      text: 'Ada: Sport & more, basic',
    });
  });

  test('names every token that is not there, and is no text then', () => {
    expect(text('{{ customer.frist_name }} {{ offer.name }} {{ coupon }} {{ customer.address.city }}')).toMatchObject({
      kind: 'faulty',
      missing: ['customer.frist_name', 'coupon', 'customer.address'],
    });
  });

  test('may say what stands for a token that is not there', () => {
    expect(text('Dear {{ customer.title | default: "customer" }}{% if customer.vip %}!{% endif %}')).toEqual({
      kind: 'rendered',
      text: 'Dear customer',
    });
  });

  test('leads links back to the decision, web addresses only', () => {
    expect(html('{{ "https://shop.example/tv?x=1" | link }}')).toEqual({
      kind: 'rendered',
      text: 'https://shop.example/tv?x=1&amp;decision_id=0190f5f0-0000-8000-a000-000000000001&amp;treatment_id=tv-mail',
    });
    expect(html('{{ "javascript:alert(1)" | link }}').kind).toBe('faulty');
  });

  test.each([
    '{% include "/etc/passwd" %}',
    '{% render "secrets" %}',
    '{% layout "base" %}',
    '{{ customer.first_name | raw }}',
    '{{ "now" | date: "%s" }}',
    '{{ customer.constructor }}',
    '{{ customer.__proto__.polluted }}',
    '{% assign a = "x" %}{% for i in (1..64) %}{% assign a = a | append: a %}{% endfor %}{{ a }}',
    '{% for i in (1..100000000) %}x{% endfor %}',
    '{% for i in (1..1000) %}{% for j in (1..1000) %}{{ i }}{% endfor %}{% endfor %}',
    '{{ decision.at | date: "%999999999d" }}',
    '{{ customer',
    '{% if %}',
    '{{ 1 | nothing }}',
  ])('%s is refused within its time', (template) => {
    const begun = performance.now();
    expect(html(template).kind).toBe('faulty');
    expect(performance.now() - begun).toBeLessThan(3000);
  });

  test('renders the same each time', () => {
    const template = '{{ decision.at | date: "%-d %B %Y, %H:%M" }} {{ customer.plan | upcase }}';
    expect(text(template)).toEqual({ kind: 'rendered', text: '10 March 2026, 12:00 BASIC' });
    expect(text(template)).toEqual(text(template));
  });
});

describe('in HTML', () => {
  const hostile = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.constantFrom(
      '<script>alert(1)</script>',
      '"><img src=x onerror=y>',
      "' onmouseover='x",
      '{{ offer.name }}',
      '&lt;',
    ),
  );

  test('no trait becomes markup, whatever its text and whichever filters it passes', () => {
    const filters = fc.constantFrom(
      '',
      '| upcase',
      '| append: "<"',
      '| strip_html',
      '| json',
      '| default: "<b>"',
      '| url_decode',
    );
    fc.assert(
      fc.property(hostile, filters, (trait, filter) => {
        const rendered = renderText(`{{ customer.first_name ${filter} }}`, tokens({ first_name: trait }), 'html');
        if (rendered.kind === 'rendered') expect(rendered.text).not.toMatch(/[<>"']/);
      }),
    );
  });

  test('a trait is never read as a template', () => {
    const rendered = renderText('{{ customer.first_name }}', tokens({ first_name: '{{ offer.name }}' }), 'html');
    expect(rendered).toEqual({ kind: 'rendered', text: '{{ offer.name }}' });
  });

  test('any template ends, with a text or with what is wrong with it', () => {
    const parts = fc.constantFrom(
      '{{',
      '}}',
      '{%',
      '%}',
      ' for i in (1..9) ',
      ' endfor ',
      'customer.',
      '|',
      '"',
      ' if ',
      'raw',
      ' assign x = ',
      'a',
      '-',
    );
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 12 }), (all) => {
        expect(['rendered', 'faulty']).toContain(html(all.join('')).kind);
      }),
    );
  });
});
