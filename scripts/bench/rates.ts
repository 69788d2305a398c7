import { Ajv2020 } from 'ajv/dist/2020.js';
import * as z from 'zod';
import { interactionToRow } from '#contracts/lake/interactions/interaction-row.ts';
import { readInteraction } from '#contracts/wire/read-interaction.ts';
import { SegmentEvent } from '#contracts/wire/segment-event.ts';
import { defaultIdentifiers } from '#domain/identity/identifier-catalogue.ts';
import type { Interaction } from '#domain/interaction/interaction.ts';
import { applyInteractions, fold, personaMemory } from '#domain/profile/fold.ts';
import { decodeState, encodeState } from '#domain/profile/state-codec.ts';
import { seededWorld } from '#scripts/world/seeded-world.ts';
import { median } from './table.ts';

/** How often a step can be done in a second by one core. */
export interface Rate {
  readonly step: string;
  readonly perSecond: number;
  /** Others that do such work on the same events. */
  readonly beside?: readonly Rate[];
}

const endMs = Date.UTC(2026, 0, 1);
const arrival = {
  receivedAt: endMs,
  sentAt: undefined,
  place: 0,
  touchpoint: 'web',
  speaksFor: () => true,
  trust: 'server',
  identifiers: defaultIdentifiers,
  newId: () => 'made-up',
} as const;

/** Measures the steps of an interaction from its bytes to profile and lake, on a seeded world. */
export function measureRates(): Rate[] {
  const events = seededWorld({ seed: 1, customers: 40, days: 90, endMs }).slice(0, 2000);
  const texts = events.map(({ message }) => JSON.stringify({ type: 'track', ...message }));
  const interactions = texts.map((text) => accepted(readInteraction(JSON.parse(text), arrival)));
  const validate = ajvValidator();
  const one =
    [...Map.groupBy(interactions, ({ userId }) => userId).values()].toSorted((a, b) => b.length - a.length)[0] ?? [];
  const known = fold(personaMemory(), one.slice(0, -10));
  const state = encodeState(known.state);
  const latest = one.slice(-10);

  const each = <Element>(elements: readonly Element[], step: string, work: (element: Element) => unknown): Rate => ({
    step,
    perSecond: rateOf(elements.length, () => {
      for (const element of elements) work(element);
    }),
  });
  const floor = each(texts, 'JSON.parse', (text) => JSON.parse(text));
  const ajv = each(texts, 'JSON.parse + ajv on the same schema', (text) => validate(JSON.parse(text)));
  const rates: readonly Rate[] = [
    { ...ajv, beside: [floor] },
    {
      ...each(texts, 'JSON.parse + readInteraction', (text) => readInteraction(JSON.parse(text), arrival)),
      beside: [floor, ajv],
    },
    each(interactions, 'interactionToRow + JSON.stringify', (own) => JSON.stringify(interactionToRow(own, 'persona'))),
    {
      step: `applyInteractions, all ${interactions.length} to one blank profile`,
      perSecond: rateOf(interactions.length, () => applyInteractions(personaMemory(), interactions)),
    },
    {
      step: `decodeState + applyInteractions + encodeState, 10 after ${one.length - 10}`,
      perSecond: rateOf(10, () =>
        encodeState(applyInteractions({ ...known, state: decodeState(state) }, latest).state),
      ),
    },
  ];
  return [floor, ...rates.map((rate) => ({ beside: [floor], ...rate }))];
}

function accepted(read: ReturnType<typeof readInteraction>): Interaction {
  if (read.kind === 'rejected') throw new Error(`The world has an event that is refused: ${read.fault.detail}`);
  return read.interaction;
}

/** What the schema says to senders, compiled; ajv knows no formats without a plugin. */
function ajvValidator(): (event: unknown) => boolean {
  const schema = z.toJSONSchema(SegmentEvent, { io: 'input', unrepresentable: 'any' });
  return new Ajv2020({ validateFormats: false }).compile(schema);
}

/** Units a second, the median of five rounds of 0.3 s after one to warm up. */
function rateOf(units: number, work: () => unknown): number {
  const round = () => {
    const startedAt = performance.now();
    let runs = 0;
    while (performance.now() - startedAt < 300) {
      work();
      runs += 1;
    }
    return (runs * units * 1000) / (performance.now() - startedAt);
  };
  round();
  return median([round(), round(), round(), round(), round()]);
}
