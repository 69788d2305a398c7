import fc from 'fast-check';
import type { RuleProfile } from '#domain/rule/rule-profile.ts';

/** The day of `nowMs` in rule cases, counted from 1970-01-01. */
export const caseDay = 20_779;
export const caseNowMs = caseDay * 86_400_000 + 41_000_000;

const traitNames = ['plan', 'score', 'tags', 'mixed', 'größe', 'renewal', 'nested', 'never written'];
const mapNames = ['web', 'email', 'größe 😀', "o'neil", 'x.y'];
const eventNames = ['Order Completed', 'Product Viewed', "Don't %_!"];
const currencies = ['EUR', 'JPY'];
const texts = [
  'gold',
  'Gold',
  'GOLD ',
  '',
  'vip',
  "it's",
  '%',
  '_',
  '!',
  'äöü',
  'ÄÖÜ',
  '😀',
  'ﬀ',
  '42',
  'true',
  'null',
  '"',
  '\\',
  'a\nb',
  'K',
  'i̇',
  '[1]',
];
const numbers = [
  0, -0, 1, -1, 2, 42, 0.1, 0.5, -3.75, 18, 1e6, 9007199254740991, -9007199254740991, 1e21, 1e-7,
  1.7976931348623157e308, 5e-324,
];
const times = [
  '2026-11-22',
  '2026-11-22T23:59:59.999Z',
  '2023-02-31',
  '2024-02-29',
  '2026-01-01T00:00:00Z',
  '2026-13-01',
  '1999-12-31T24:00:00Z',
  '2026-11-22T10:00:00+01:00',
  '2026-11-22T00:30:00.123456789-0330',
  '2026-11-22 23:59',
  '2026-11-22t08:15:07,5z',
  '2026-11-22T10:00:00+02',
  '2026-11-22T10:00:00-00:45',
  ' 2026-11-22T10:00:00\n',
  '2026-11-22T10:00:00+24:00',
  'soon',
];

const pick = <Item>(items: readonly Item[]) => fc.constantFrom(...items);
const often = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined, freq: 5 });

const scalar: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: pick(texts) },
  { weight: 4, arbitrary: pick(numbers) },
  { weight: 2, arbitrary: fc.boolean() },
  { weight: 2, arbitrary: pick(times) },
  { weight: 1, arbitrary: fc.constant(null) },
  { weight: 1, arbitrary: fc.double({ noNaN: true, noDefaultInfinity: true }) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 6 }).map((text) => text.replaceAll('\0', '')) },
);
const nested = fc.dictionary(pick(traitNames), fc.oneof(scalar, fc.array(scalar, { maxLength: 2 })), { maxKeys: 3 });
const list = fc.array(scalar, { maxLength: 4 });
const anyJson: fc.Arbitrary<unknown> = fc.oneof({ weight: 3, arbitrary: scalar }, list, nested);
/** A trait mostly has values of its type, and sometimes of another. */
const mostly = (usual: fc.Arbitrary<unknown>) =>
  fc.oneof({ weight: 4, arbitrary: usual }, { weight: 1, arbitrary: anyJson });
const traits = fc.record({
  plan: often(mostly(pick(texts))),
  score: often(mostly(pick(numbers))),
  tags: often(mostly(list)),
  mixed: often(anyJson),
  größe: often(mostly(fc.oneof(pick(numbers), fc.boolean()))),
  renewal: often(mostly(pick(times))),
  nested: often(mostly(nested)),
});

const count = fc.nat({ max: 9 });
const counts = (names: readonly string[]) =>
  fc.dictionary(pick(names), count, { maxKeys: names.length }).map((named) => new Map(Object.entries(named)));
const instant = fc.oneof(
  fc.integer({ min: caseNowMs - 200 * 86_400_000, max: caseNowMs }),
  pick(times).map(Date.parse).filter(Number.isFinite),
);
const days = (names: readonly string[], least: number, most: number) =>
  fc
    .dictionary(
      pick(names),
      fc.uniqueArray(
        fc.record({
          day: fc.integer({ min: caseDay - 91, max: caseDay + 1 }),
          count: fc.integer({ min: least, max: most }),
        }),
        {
          selector: ({ day }) => day,
          minLength: 1,
          maxLength: 6,
        },
      ),
      { maxKeys: names.length },
    )
    .map((named) => new Map(Object.entries(named)));

/** Profiles as a lake could have left them, with what rules must cope with: nothing, null, other types, edges of numbers and texts. */
export const ruleProfile: fc.Arbitrary<RuleProfile> = fc
  .record({
    // A trait is kept as JSON, and null hides it.
    traits: traits.map(
      (named) =>
        new Map(
          Object.entries(named).flatMap(([name, value]) =>
            value === undefined || value === null ? [] : [[name, JSON.parse(JSON.stringify(value))]],
          ),
        ),
    ),
    personal: fc.constant(new Map()),
    sessions: count,
    interactions: count,
    firstSeen: often(instant),
    lastSeen: often(instant),
    purchases: fc
      .dictionary(
        pick(currencies),
        fc.record({
          orders: count,
          grossMinor: fc.oneof(fc.nat({ max: 100_000 }), fc.constant(9007199254740991)),
          refundedMinor: fc.nat({ max: 100_000 }),
          first: often(instant),
          last: often(instant),
        }),
        { maxKeys: 2 },
      )
      .map((named) => new Map(Object.entries(named))),
    types: counts(['track', 'page', 'identify']),
    touchpoints: counts(mapNames),
    channels: counts(mapNames),
    campaigns: counts(mapNames),
    products: counts(mapNames),
    categories: counts(mapNames),
    events: days(eventNames, 1, 5),
    // More may be given back on a day than was paid.
    spend: days(currencies, -100_000, 100_000),
  })
  .map((profile) => {
    const spans = [...profile.purchases.values()];
    const known = (all: (number | undefined)[]) => all.filter((time) => time !== undefined);
    const [first, last] = [known(spans.map((span) => span.first)), known(spans.map((span) => span.last))];
    return {
      ...profile,
      orders: spans.reduce((sum, { orders }) => sum + orders, 0),
      firstPurchase: first.length === 0 ? undefined : Math.min(...first),
      lastPurchase: last.length === 0 ? undefined : Math.max(...last),
    };
  });

const quoted = (text: string) => JSON.stringify(text).replaceAll('\u007f', '');
/** Literals, among them whole numbers that a double can not tell from their neighbours. */
const numberLiteral = () =>
  fc.oneof(
    { weight: 9, arbitrary: pick(numbers).map(numberText) },
    { weight: 1, arbitrary: pick(['9007199254740993', '-9223372036854775808', '1.0', '0x10']) },
  );
const numberText = (value: number) => {
  if (Object.is(value, -0)) return '-0.0';
  return Number.isInteger(value) && Math.abs(value) < 2 ** 62
    ? BigInt(value).toString()
    : String(value).replace('e+', 'e');
};
const template = (parts: TemplateStringsArray, ...holes: fc.Arbitrary<string>[]): fc.Arbitrary<string> =>
  fc.tuple(...holes).map((filled) => parts.reduce((text, part, index) => text + (filled[index - 1] ?? '') + part));

const traitReference = fc.oneof(
  { weight: 5, arbitrary: template`profile.traits[${pick(traitNames).map(quoted)}]` },
  { weight: 1, arbitrary: template`profile.traits.nested[${pick(traitNames).map(quoted)}]` },
  { weight: 1, arbitrary: template`profile.traits.nested.mixed[${pick(traitNames).map(quoted)}]` },
);
/** Mostly the trait that has such values. */
const trait = (usual: string) =>
  fc.oneof(
    { weight: 4, arbitrary: fc.constant(`profile.traits[${quoted(usual)}]`) },
    { weight: 1, arbitrary: traitReference },
  );
const mapReference = template`profile.${pick(['touchpoints', 'channels', 'campaigns', 'products', 'categories'])}[${pick(mapNames).map(quoted)}]`;
const currency = pick([...currencies, 'USD']);
const timeReference = fc.oneof(
  template`profile.${pick(['first_seen', 'last_seen', 'first_purchase', 'last_purchase'])}`,
  template`profile.purchases.${currency}.${pick(['first', 'last'])}`,
);

const grammar = fc.letrec<Record<'truth' | 'number' | 'text' | 'time', string>>((tie) => {
  const truth = tie('truth');
  const number = tie('number');
  const text = tie('text');
  const time = tie('time');
  const equality = pick(['==', '!=']);
  const comparison = pick(['==', '!=', '<', '<=', '>', '>=']);
  const numberLeaf = fc.oneof(
    { weight: 3, arbitrary: numberLiteral() },
    { weight: 3, arbitrary: trait('score').map((reference) => `double(${reference})`) },
    { weight: 2, arbitrary: mapReference },
    {
      weight: 1,
      arbitrary: template`profile.${pick(['sessions', 'interactions', 'orders', 'types.track', 'types.group'])}`,
    },
    {
      weight: 1,
      arbitrary: template`profile.purchases.${currency}.${pick(['orders', 'gross_minor', 'refunded_minor', 'net_minor'])}`,
    },
    {
      weight: 2,
      arbitrary: template`count_since(${pick(eventNames).map(quoted)}, ${pick(['1', '2', '7', '30', '90'])})`,
    },
    {
      weight: 2,
      arbitrary: template`sum_since("Order Completed", ${pick(['1', '7', '30', '90'])}, ${currency.map(quoted)})`,
    },
    { weight: 1, arbitrary: template`days_since(${pick([...eventNames, 'Never']).map(quoted)})` },
    { weight: 1, arbitrary: template`size(${trait('tags')})` },
    { weight: 1, arbitrary: template`${trait('tags')}.size()` },
  );
  const textLeaf = fc.oneof(
    pick(texts).map(quoted),
    trait('plan').map((reference) => `string(${reference})`),
  );
  return {
    truth: fc.oneof(
      { depthSize: 'small', withCrossShrink: false },
      { weight: 3, arbitrary: template`${trait('plan')} ${comparison} ${pick(texts).map(quoted)}` },
      { weight: 3, arbitrary: template`${trait('score')} ${comparison} ${numberLiteral()}` },
      { weight: 1, arbitrary: template`${traitReference} ${comparison} ${traitReference}` },
      { weight: 1, arbitrary: template`${trait('größe')} ${equality} ${pick(['true', 'false'])}` },
      { weight: 1, arbitrary: trait('größe') },
      { weight: 1, arbitrary: template`bool(${trait('größe')})` },
      { weight: 1, arbitrary: template`has(${fc.oneof(traitReference, mapReference, timeReference)})` },
      { weight: 1, arbitrary: template`${pick(mapNames).map(quoted)} in profile.channels` },
      {
        weight: 1,
        arbitrary: template`${fc.oneof(pick(texts).map(quoted), pick(numbers.filter((value) => value >= 0)).map(numberText), pick(['true', 'false']))} in ${trait('tags')}`,
      },
      {
        weight: 1,
        arbitrary: template`${trait('plan')} in [${fc.array(pick(texts).map(quoted), { minLength: 1, maxLength: 3 }).map(String)}]`,
      },
      {
        weight: 1,
        arbitrary: template`${trait('score')} in [${fc.array(numberLiteral(), { minLength: 1, maxLength: 3 }).map(String)}]`,
      },
      { weight: 1, arbitrary: template`in_segment(${pick(['web-lovers', 'nobody', 'unknown']).map(quoted)})` },
      { weight: 3, arbitrary: template`${number} ${comparison} ${number}` },
      { weight: 2, arbitrary: template`${text} ${comparison} ${text}` },
      { weight: 1, arbitrary: template`${time} ${comparison} ${time}` },
      { weight: 2, arbitrary: template`${text}.${pick(['contains', 'startsWith', 'endsWith'])}(${text})` },
      { weight: 1, arbitrary: template`(${truth}) ${equality} (${truth})` },
      { weight: 3, arbitrary: template`(${truth}) ${pick(['&&', '||'])} (${truth})` },
      { weight: 2, arbitrary: template`!(${truth})` },
      // Of two bare traits a choice would not know whether it is true, a number or a text.
      { weight: 1, arbitrary: template`(${truth}) ? !(${truth}) : (${truth})` },
    ),
    number: fc.oneof(
      { depthSize: 'small', withCrossShrink: false },
      { weight: 6, arbitrary: numberLeaf },
      { weight: 2, arbitrary: template`(${number} ${pick(['+', '-', '*', '/'])} ${number})` },
      { weight: 1, arbitrary: template`-(${number})` },
      { weight: 1, arbitrary: template`((${truth}) ? ${number} : ${number})` },
      { weight: 1, arbitrary: template`days_since(${time})` },
      { weight: 1, arbitrary: template`size(${text})` },
    ),
    text: fc.oneof(
      { depthSize: 'small', withCrossShrink: false },
      { weight: 6, arbitrary: textLeaf },
      { weight: 1, arbitrary: template`${textLeaf}.${pick(['lowerAscii', 'upperAscii'])}()` },
      { weight: 1, arbitrary: template`((${truth}) ? ${text} : ${text})` },
    ),
    time: fc.oneof(
      timeReference,
      template`timestamp(${trait('renewal')})`,
      pick(['timestamp("2026-11-22")', 'timestamp("2026-11-01T12:00:00.250Z")']),
    ),
  };
});

/** Texts of rules that compile, over the names that `ruleProfile` uses. */
export const ruleText: fc.Arbitrary<string> = grammar.truth;

/** Segments that rule texts name. */
export const caseSegments: readonly { readonly segmentId: string; readonly rule: string }[] = [
  { segmentId: 'web-lovers', rule: 'profile.touchpoints.web > 3' },
  { segmentId: 'nobody', rule: 'profile.traits["never written"] == 1' },
];
