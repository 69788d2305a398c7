import * as z from 'zod';
import type { ConsentRegisters, Stamps } from '#domain/consent/consent-registers.ts';
import { isBlank } from '#domain/consent/consent-registers.ts';
import type { Moment } from '#domain/consent/moment.ts';
import { sortedEntries } from '#domain/text/bounded-map.ts';
import { canonicalJson } from '#domain/text/canonical-json.ts';
import type { Claims, ClaimsBySource, Words } from './claims.ts';
import type { TraitRegister } from './traits.ts';

/** The fields of words, as the parts of a JSON text; those that are empty are left out. */
function wordsParts(words: Words): string[] {
  return [...traitsTexts(words, false), ...consentTexts(words.consents), ...zoneTexts(words.zone)];
}

/** The fields of traits; with `always` those without any too. */
export function traitsTexts(
  { personalTraits, traits }: Pick<Words, 'personalTraits' | 'traits'>,
  always: boolean,
): string[] {
  return [
    ...(always || personalTraits.size > 0 ? [`"personal":${registersText(personalTraits)}`] : []),
    ...(always || traits.size > 0 ? [`"traits":${registersText(traits)}`] : []),
  ];
}

export function consentTexts(consents: ConsentRegisters): string[] {
  return isBlank(consents) ? [] : [`"consent":${JSON.stringify(consentFields(consents))}`];
}

export function zoneTexts(zone: TraitRegister | undefined): string[] {
  return zone === undefined ? [] : [`"zone":${registersText(new Map([['zone', zone]]))}`];
}

/** The claims on a persona as JSON text. */
export function claimsText(claims: ClaimsBySource): string {
  const texts = sortedEntries(claims).map(
    ([source, claim]) => `[${JSON.stringify(source)},${claim.firstAt},{${wordsParts(claim).join(',')}}]`,
  );
  return `[${texts.join(',')}]`;
}

const registers = z.array(
  z.tuple([z.string(), z.unknown(), z.int(), z.string(), z.int().optional(), z.int().optional()]),
);
const moment = z.tuple([z.int(), z.int(), z.int().optional()]);
const moments = z.array(z.tuple([z.string(), moment]));
const maybe = z.union([z.literal(0), moment]);

/** Fields of words as they are written. */
export const WordsFields = z.object({
  personal: registers.default([]),
  traits: registers.default([]),
  consent: z.tuple([moments, moments, z.array(z.tuple([z.string(), maybe, maybe]))]).default([[], [], []]),
  /** As before they had refusals apart: of each category the last word, with its time. */
  consents: registers.default([]),
  zone: registers.default([]),
});

export const ClaimsFields = z.array(z.tuple([z.string(), z.int(), WordsFields]));

function wordsOf({ personal, traits, consent, consents, zone }: z.infer<typeof WordsFields>): Words {
  return {
    personalTraits: registersOf(personal),
    traits: registersOf(traits),
    consents: consentsOfFields(consent, consents),
    zone: zoneOfFields(zone),
  };
}

export function zoneOfFields(zone: z.infer<typeof registers>): TraitRegister | undefined {
  return registersOf(zone).get('zone');
}

/** The claims that fields say. */
export function claimsOfFields(fields: z.infer<typeof ClaimsFields>): ClaimsBySource {
  return new Map(fields.map(([source, firstAt, words]): [string, Claims] => [source, { firstAt, ...wordsOf(words) }]));
}

// A trait's value is JSON already; as a text within JSON its quotes would grow.
function registersText(traits: ReadonlyMap<string, TraitRegister>): string {
  const tuples = sortedEntries(traits).map(
    ([key, { at, sequence, receivedAt, messageId, json }]) =>
      `[${JSON.stringify(key)},${json},${at},${JSON.stringify(messageId)}${whenText(sequence, receivedAt - at)}]`,
  );
  return `[${tuples.join(',')}]`;
}

/** The arrival as the difference to the time, which the traits of one message have in common. */
function whenText(sequence: number, delay: number): string {
  if (delay !== 0) return `,${sequence},${delay}`;
  return sequence === 0 ? '' : `,${sequence}`;
}

/** Registers of before they had an arrival read as if they had arrived at their time. */
export function registersOf(tuples: z.infer<typeof registers>): Map<string, TraitRegister> {
  return new Map(
    tuples.map(([key, value, at, messageId, sequence = 0, delay = 0]) => [
      key,
      { at, sequence, receivedAt: at + delay, messageId, json: canonicalJson(value) ?? 'null' },
    ]),
  );
}

function consentFields({ refusals, grants, stamps }: ConsentRegisters) {
  const all = (map: ReadonlyMap<string, Moment>) =>
    sortedEntries(map).map(([name, said]) => [name, momentFields(said)]);
  const stamped = sortedEntries(stamps).map(([key, { no, yes }]) => [
    key,
    no === undefined ? 0 : momentFields(no),
    yes === undefined ? 0 : momentFields(yes),
  ]);
  return [all(refusals), all(grants), stamped];
}

export function consentsOfFields(
  [refusals, grants, stamps]: z.infer<typeof WordsFields>['consent'],
  before: z.infer<typeof registers>,
): ConsentRegisters {
  const all = (tuples: z.infer<typeof moments>) =>
    tuples.map(([name, said]): [string, Moment] => [name, momentOf(said)]);
  const old = (isGranted: boolean) =>
    before.flatMap(([name, granted, at]): [string, Moment][] =>
      granted === isGranted ? [[name, { at, sequence: 0, receivedAt: at }]] : [],
    );
  return {
    refusals: new Map([...old(false), ...all(refusals)]),
    grants: new Map([...old(true), ...all(grants)]),
    stamps: new Map(
      stamps.map(([key, no, yes]): [string, Stamps] => [
        key,
        { ...(no === 0 ? {} : { no: momentOf(no) }), ...(yes === 0 ? {} : { yes: momentOf(yes) }) },
      ]),
    ),
  };
}

/** The arrival as the difference to the time: what is said at once has a zero there. */
function momentFields({ at, sequence, receivedAt }: Moment): number[] {
  return sequence === 0 ? [at, receivedAt - at] : [at, receivedAt - at, sequence];
}

function momentOf([at, delay, sequence = 0]: z.infer<typeof moment>): Moment {
  return { at, sequence, receivedAt: at + delay };
}
