import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Normalisation } from '#domain/identity/identifier-type.ts';
import { normaliseValue } from '#domain/identity/normalise-value.ts';

describe('a value', () => {
  test.each<[Normalisation, string, string]>([
    ['trimmed', '  U-1 ', 'U-1'],
    ['trimmed', 'Zoe\u0308', 'Zo\u00eb'],
    ['trimmed', 'a\ud800b', 'a\ufffdb'],
    ['folded', ' AbC-9 ', 'abc-9'],
    ['digits', '6011 0009-9013 9424', '6011000990139424'],
    ['email', ' Ada.Lovelace@Example.COM ', 'ada.lovelace@example.com'],
    ['email', 'ada+shop@example.co.uk', 'ada+shop@example.co.uk'],
    ['email', 'jörg@müller.example', 'jörg@xn--mller-kva.example'],
    ['email', 'jane@MÜNCHEN.de', 'jane@xn--mnchen-3ya.de'],
    ['email', 'jane@xn--mnchen-3ya.de', 'jane@xn--mnchen-3ya.de'],
    ['email', 'Jane@XN--MNCHEN-3YA.de', 'jane@xn--mnchen-3ya.de'],
    ['email', 'jane@mu\u0308nchen.de', 'jane@xn--mnchen-3ya.de'],
    ['email', 'jane@例え。テスト', 'jane@xn--r8jz45g.xn--zckzah'],
    ['email', 'jane@1.2', 'jane@1.2'],
    ['phone', '0049 170 1234567', '+491701234567'],
    ['phone', '(00)49 170 1234567', '+491701234567'],
    ['phone', '0170 1234567', '+491701234567'],
    ['phone', '+1 (213) 373-4253', '+12133734253'],
    ['phone', '030 901820', '+4930901820'],
    ['phone', '+49 (0)30 901820', '+4930901820'],
    ['phone', 'tel:+49-30-901820', '+4930901820'],
    ['phone', '+49 30 901820 ext. 12', '+4930901820;ext=12'],
  ])('as %s: %j becomes %j', (normalise, text, normal) => {
    expect(normaliseValue(text, normalise, 'DE')).toBe(normal);
  });

  test.each<[Normalisation, string]>([
    ['trimmed', ' \u00a0\t'],
    ['trimmed', 'x'.repeat(256)],
    ['digits', 'no digits'],
    ['email', 'ada'],
    ['email', 'ada@localhost'],
    ['email', 'a b@example.com'],
    ['email', 'a@b@example.com'],
    ['email', 'ada@example.com, bob@example.com'],
    ['email', `${'a'.repeat(250)}@example.com`],
    ['phone', '12'],
    ['phone', 'call me'],
    ['phone', 'call 030 901820 please'],
    ['phone', '+999 123456789'],
  ])('as %s: %j is none', (normalise, text) => {
    expect(normaliseValue(text, normalise, 'DE')).toBeUndefined();
  });

  test('as a phone number without its country is none where no region is set', () => {
    expect(normaliseValue('030 901820', 'phone')).toBeUndefined();
    expect(normaliseValue('030 901820', 'phone', 'XX')).toBeUndefined();
    expect(normaliseValue('+4930901820', 'phone')).toBe('+4930901820');
    expect(normaliseValue('0049 30 901820', 'phone')).toBe('+4930901820');
    expect(normaliseValue('0049 30 901820', 'phone', 'US')).toBe('+4930901820');
    expect(normaliseValue('011 49 30 901820', 'phone', 'US')).toBe('+4930901820');
  });

  test('that is normal stays as it is, whatever the text was', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.emailAddress(),
      fc.stringMatching(/^\+?[0-9 ()-]{3,20}$/),
    );
    const kind = fc.constantFrom<Normalisation>('trimmed', 'folded', 'digits', 'email', 'phone');
    fc.assert(
      fc.property(text, kind, (raw, normalise) => {
        const normal = normaliseValue(raw, normalise, 'DE');
        if (normal !== undefined) expect(normaliseValue(normal, normalise, 'DE')).toBe(normal);
      }),
      { numRuns: 2000 },
    );
  });
});
