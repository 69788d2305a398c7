import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readIdentifier } from '#domain/identity/identifier.ts';
import { defaultIdentifiers } from '#domain/identity/identifier-catalogue.ts';
import { namesNobody } from '#domain/identity/names-nobody.ts';

describe('a value', () => {
  test.each([
    ...[
      '',
      ' ',
      '\u200b',
      '\ufeff\u2060',
      '0',
      '0-0-0',
      '00000000-0000-0000-0000-000000000000',
      '--',
      '{}',
      '[]',
      '(not set)',
    ],
    ...[
      'not_authenticated',
      'id',
      'email',
      'distinct_id',
      'distinctId',
      'visitor',
      'test',
      'user',
      'customer',
      'NaN',
      'NULL',
    ],
    ...[
      '[object Object]',
      '[object Promise]',
      'undefined undefined',
      'null,null',
      'user_undefined',
      'undefined-undefined',
      'n/a',
    ],
    ...[
      '{{user.id}}',
      '{{ contact.crm7 }}',
      '%USER_ID%',
      '${user}',
      '<user_id>',
      '[USER]',
      '*|EMAIL|*',
      '<%= user.id %>',
      '{user_id}',
    ],
    ...[
      '#{current_user.id}',
      '%%subscriberkey%%',
      '[[user]]',
      '{% user %}',
      '$distinct_id',
      ':id',
      '__USER_ID__',
      'shop-{{user.id}}',
    ],
    ...[
      '"null"',
      "'undefined'",
      '“null”',
      '`id`',
      '\\"null\\"',
      '%22null%22',
      '&quot;null&quot;',
      '&lt;user_id&gt;',
      '%257B%257Bid%257D%257D',
    ],
    ...['ｎｕｌｌ', 'ＵＮＤＥＦＩＮＥＤ', 'n\u200bull', 'undef\u00adined', '\u202enull', 'nu\u180ell', '０００'],
    ...['loggedOut', 'Not Logged In', 'your-user-id', 'INSERT_USER_ID_HERE', 'userId', 'USERID', 'deviceID', 'xxxx'],
  ])('%j names nobody', (text) => {
    expect(namesNobody(text)).toBe(true);
  });

  test.each([
    ...[
      '1',
      '-7',
      '10',
      'u1',
      'U-0001',
      'user-1',
      'user_10',
      'id:5',
      'test-2',
      'ada',
      'customer 5',
      'visitor-a',
      'in',
      'the',
    ],
    ...[
      '{3F2504E0-4F89-11D3-9A0C-0305E82C3301}',
      'null-island',
      'nonette',
      'guestrow',
      'nancy',
      'a%20b',
      '50%',
      'me@user.id',
    ],
    ...['01979c6e-0000-7000-8000-000000000000', 'Élodie', '李雷', 'محمد', 'نام‌نویس'],
  ])('%j may name somebody', (text) => {
    expect(namesNobody(text)).toBe(false);
  });
});

const name = fc.constantFrom(
  'undefined',
  'null',
  'not_authenticated',
  'distinct_id',
  'id',
  'visitor',
  'NaN',
  'user id',
  'email',
);
const dressed = (text: fc.Arbitrary<string>) =>
  fc
    .tuple(
      text,
      fc.constantFrom(...dresses),
      fc.constantFrom('\u200b', '\ufeff', '\u00ad', '\u2060', ''),
      fc.nat(),
      fc.boolean(),
    )
    .map(([inner, dress, mark, at, isCapital]) => {
      const place = at % (inner.length + 1);
      const marked = inner.slice(0, place) + mark + inner.slice(place);
      return dress(isCapital ? marked.toUpperCase() : marked);
    });
const dresses: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => `"${text}"`,
  (text) => `'${text}'`,
  (text) => ` ${text}\n`,
  (text) => `{{${text}}}`,
  (text) => `{{ ${text} }}`,
  (text) => `$\{${text}}`,
  (text) => `%${text}%`,
  (text) => `<${text}>`,
  (text) => `[${text}]`,
  (text) => `*|${text}|*`,
  (text) => encodeURIComponent(`"${text}"`),
  (text) => encodeURIComponent(encodeURIComponent(`<${text}>`)),
  (text) => text.replace(/[a-z]/gi, (letter) => String.fromCodePoint((letter.codePointAt(0) ?? 0) + 0xfee0)),
];

test('a name of nobody in any dress, also dressed twice, is no identifier of any type', () => {
  const type = fc.constantFrom('user_id', 'loyalty_id', 'device_id', 'anonymous_id', 'email', 'phone');
  fc.assert(
    fc.property(type, fc.oneof(dressed(name), dressed(dressed(name))), (of, text) => {
      expect(readIdentifier(`${of}:${text}`, defaultIdentifiers).kind).toBe('malformed');
    }),
    { numRuns: 2000 },
  );
});

test('a random id is never taken for nobody', () => {
  const id = fc.oneof(
    fc.uuid(),
    fc.stringMatching(/^[A-Za-z0-9_-]{21}$/),
    fc.nat().map((number) => `c-${number + 1}`),
  );
  fc.assert(
    fc.property(id, (text) => !namesNobody(text)),
    { numRuns: 1000 },
  );
});
