import * as z from 'zod';
import { byCodeUnit } from '#domain/text/bounded-map.ts';
import { Direction } from '#domain/vocabulary/channel.ts';
import { OfferKind } from '#domain/vocabulary/offer-kind.ts';
import { type Contact, type ContactLedger, inOrder } from './contact-ledger.ts';
import { type Exposure, withExposures } from './exposure.ts';

/**
 * The one text of a ledger, as compact JSON: what was presented is listed once, each contact's time is the difference to the
 * one before. Equal ledgers have equal texts.
 */
export function encodeLedger({ personas, contacts, exposures }: ContactLedger): string {
  const presented = [...new Set(contacts.map((contact) => JSON.stringify(presentedIn(contact))))].sort(byCodeUnit);
  let before = 0;
  const tuples = contacts.map((contact) => {
    const since = contact.atMs - before;
    before = contact.atMs;
    const what = presented.indexOf(JSON.stringify(presentedIn(contact)));
    const tuple = [since, what, personas.indexOf(contact.personaId), contact.decisionId];
    return contact.bid === undefined ? tuple : [...tuple, contact.bid];
  });
  const exposed = exposures.map(({ strategyId, personaId, unitId, atMs, isPerson }) => {
    const unit = personas.indexOf(unitId);
    return [strategyId, atMs, personas.indexOf(personaId), unit < 0 ? unitId : unit, Number(isPerson)];
  });
  const first = exposed.length === 0 ? '' : `"exposures":${JSON.stringify(exposed)},`;
  return `{"contacts":${JSON.stringify(tuples)},${first}"personas":${JSON.stringify(personas)},"presented":[${presented}],"schema":1}`;
}

/** Reads the text of a ledger back. Throws a ZodError or SyntaxError when it is none. */
export function decodeLedger(text: string): ContactLedger {
  const { contacts, exposures, personas, presented } = LedgerFields.parse(JSON.parse(text));
  let atMs = 0;
  const read = contacts.map(([since, what, who, decisionId, bid]): Contact => {
    atMs += since;
    const [treatmentId, offerId, group, channel, direction, kind] = known(presented, what);
    const personaId = known(personas, who);
    const contact = { atMs, treatmentId, offerId, group, channel, direction, kind, personaId, decisionId };
    return bid === undefined ? contact : { ...contact, bid };
  });
  const exposed = exposures.map(([strategyId, since, who, unit, isPerson]): Exposure => {
    const unitId = typeof unit === 'string' ? unit : known(personas, unit);
    return { strategyId, personaId: known(personas, who), unitId, atMs: since, isPerson: isPerson === 1 };
  });
  return withExposures({ personas, contacts: inOrder(read), exposures: [] }, exposed);
}

function presentedIn({ treatmentId, offerId, group, channel, direction, kind }: Contact) {
  return [treatmentId, offerId, group, channel, direction, kind];
}

function known<Value>(list: readonly Value[], index: number): Value {
  const value = list[index];
  if (value === undefined) throw new SyntaxError(`A ledger's list of ${list.length} has no place ${index}`);
  return value;
}

const LedgerFields = z.object({
  schema: z.literal(1),
  contacts: z.array(z.tuple([z.int(), z.int(), z.int(), z.string()], z.number())),
  exposures: z
    .array(z.tuple([z.string(), z.int(), z.int(), z.union([z.int(), z.string()]), z.literal([0, 1])]))
    .default([]),
  personas: z.array(z.string()),
  presented: z.array(z.tuple([z.string(), z.string(), z.string(), z.string(), Direction, OfferKind])),
});
