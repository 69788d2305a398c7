import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  blankConsents,
  type ConsentRegisters,
  consentsOf,
  draftOfConsents,
  isBlank,
  joinConsents,
  writeConsent,
} from '#domain/consent/consent-registers.ts';
import type { ConsentWord } from '#domain/consent/consent-words.ts';
import { sequenceOf } from '#domain/interaction/sequence.ts';
import { keepingOf } from '#domain/text/keeping.ts';

/** A word, who said it and when. */
interface Said {
  readonly word: ConsentWord;
  readonly source: string;
  readonly at: number;
  readonly receivedAt?: number;
}

const yes = (category: string, isExplicit = true): ConsentWord => ({ category, granted: true, isExplicit });
const no = (category: string, isExplicit = true): ConsentWord => ({ category, granted: false, isExplicit });
const stamped = (word: ConsentWord): ConsentWord => ({ ...word, isExplicit: false });

function registersOf(said: readonly Said[], isInUse: (category: string) => boolean = () => false): ConsentRegisters {
  const draft = blankConsents();
  const keeping = keepingOf('persona-1', (_, name) => isInUse(name));
  for (const { word, source, at, receivedAt = at } of said) {
    writeConsent(draft, word, { source, moment: { at, sequence: sequenceOf(0, 0), receivedAt }, keeping });
  }
  return draft;
}

const joined = (first: ConsentRegisters, ...others: readonly ConsentRegisters[]) => {
  const draft = draftOfConsents(first);
  for (const other of others) joinConsents(draft, other);
  return draft;
};

const anySaid: fc.Arbitrary<Said> = fc.record({
  word: fc.record({
    category: fc.constantFrom('marketing', 'marketing:email', '*'),
    granted: fc.boolean(),
    isExplicit: fc.boolean(),
  }),
  source: fc.constantFrom('b-1', 'b-2'),
  at: fc.nat(3),
  receivedAt: fc.nat(3),
});
const anyRegisters = fc.array(anySaid, { maxLength: 6 }).map((said) => registersOf(said));

describe('registers of consents', () => {
  test('joined in any order and grouping, and any often, say the same', () => {
    fc.assert(
      fc.property(anyRegisters, anyRegisters, anyRegisters, (a, b, c) => {
        expect(joined(a, a)).toEqual(a);
        expect(joined(a, b)).toEqual(joined(b, a));
        expect(joined(joined(a, b), c)).toEqual(joined(a, joined(b, c)));
      }),
    );
  });

  test('are those of all words, whichever of them were told apart from the others', () => {
    fc.assert(
      fc.property(fc.array(anySaid, { maxLength: 8 }), fc.nat(8), (said, cut) => {
        const [some, others] = [said.slice(0, cut), said.slice(cut)];
        expect(joined(registersOf(some), registersOf(others))).toEqual(registersOf(said));
      }),
    );
  });

  test('are blank until something is said, whatever it is', () => {
    expect(isBlank(blankConsents())).toBe(true);
    for (const word of [yes('marketing'), no('marketing'), stamped(yes('marketing')), stamped(no('marketing'))]) {
      expect(isBlank(registersOf([{ word, source: 'b-1', at: 1 }]))).toBe(false);
    }
  });

  test('keep a no to a channel, a bounce and what the catalogue asks for in any flood, and of all others so many', () => {
    const kept = ['*', '*:email', 'address:email', 'asked-for'];
    const flood = Array.from({ length: 400 }, (_, index) => `purpose-${index}`);
    const say = (category: string): Said[] => [
      { word: no(category), source: 'b-1', at: 1 },
      { word: yes(category), source: 'b-1', at: 2 },
      { word: stamped(yes(category)), source: 'b-1', at: 3 },
    ];
    const isAskedFor = (category: string) => category === 'asked-for';
    for (const order of [
      [...kept, ...flood],
      [...flood, ...kept],
    ]) {
      const { refusals, grants, stamps } = registersOf(order.flatMap(say), isAskedFor);
      for (const category of kept) {
        const has = [refusals.has(category), grants.has(category), stamps.has(`b-1 ${category}`)];
        expect([category, ...has]).toEqual([category, true, true, true]);
      }
      expect([refusals.size, grants.size, stamps.size]).toEqual([96 + 4, 32 + 4, 32 + 4]);
    }
  });
});

describe('consents that hold', () => {
  const granted = (said: readonly Said[], category = 'marketing') =>
    consentsOf(registersOf(said), []).get(category)?.granted;
  const turned = (category: string): [Said, Said] => [
    { word: stamped(no(category)), source: 'b-1', at: 2 },
    { word: stamped(yes(category)), source: 'b-1', at: 3 },
  ];

  test('are turned by a banner’s own no and yes of that category, not of another', () => {
    const refused: Said = { word: no('marketing'), source: 'account', at: 1 };
    expect(granted([refused, ...turned('marketing')])).toBe(true);
    expect(granted([refused, ...turned('analytics')])).toBe(false);
    expect(granted([refused, ...turned('analytics')], 'analytics')).toBe(true);
  });

  test('are turned by the banner that said the last no, not by the no of one and the yes of another', () => {
    const [ownNo, ownYes] = turned('marketing');
    expect(granted([ownNo, { ...ownYes, source: 'b-2' }])).toBe(false);
    expect(granted([ownNo, ownYes, { ...ownNo, source: 'b-2', at: 4 }])).toBe(false);
  });

  test('that a banner turned were said after its no, when nobody knows', () => {
    const consent = consentsOf(registersOf(turned('marketing')), []).get('marketing');
    expect(consent).toEqual({ granted: true, at: 3, said: { at: 2, sequence: sequenceOf(0, 0), receivedAt: 2 } });
  });

  test('are not turned by the stamps of who said no in so many words', () => {
    const said: Said = { word: no('marketing'), source: 'b-1', at: 2 };
    expect(granted([said, { ...said, word: stamped(yes('marketing')), at: 3 }])).toBe(false);
    expect(granted([said, { ...said, word: yes('marketing'), at: 3 }])).toBe(true);
  });

  test('of what only stamps say are the last stamp’s, since it was stamped', () => {
    const stamps = [1, 5, 3].map((at) => ({ word: stamped(yes('marketing')), source: `b-${at}`, at }));
    expect(consentsOf(registersOf(stamps), []).get('marketing')).toEqual({ granted: true, at: 5 });
  });

  test('are refused since the latest no, whoever said it first', () => {
    const ownNo = (at: number) => registersOf([{ word: no('marketing'), source: 'b-1', at }]);
    for (const [first, own] of [
      [ownNo(9), ownNo(1)],
      [ownNo(1), ownNo(9)],
    ] as const) {
      expect(consentsOf(blankConsents(), [first, own]).get('marketing')).toMatchObject({ granted: false, at: 9 });
    }
  });

  test('of a trusted no are not undone by what a browser says, and a browser’s no holds against what was said before', () => {
    const trusted = (word: ConsentWord) => registersOf([{ word, source: 'account', at: 5 }]);
    const browser = (word: ConsentWord, at: number) => registersOf([{ word, source: 'b-1', at }]);
    const holds = (...[first, own]: ConsentRegisters[]) =>
      consentsOf(first ?? blankConsents(), own === undefined ? [] : [own]).get('marketing')?.granted;
    expect(holds(trusted(no('marketing')), browser(yes('marketing'), 9))).toBe(false);
    expect(holds(trusted(yes('marketing')), browser(no('marketing'), 9))).toBe(false);
    expect(holds(trusted(yes('marketing')), browser(no('marketing'), 1))).toBe(true);
    expect(holds(blankConsents(), browser(yes('marketing'), 1))).toBe(true);
  });
});
