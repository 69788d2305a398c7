import * as z from 'zod';
import { type InteractionType, interactionTypes } from '#domain/interaction/interaction.ts';
import { joinAll, sum } from '#domain/text/bounded-map.ts';
import { total } from './counts-by-name.ts';
import { profileSignal } from './profile-signal.ts';

/** Interactions by type. */
interface Types {
  readonly types: ReadonlyMap<InteractionType, number>;
}

interface TypesDraft {
  readonly types: Map<InteractionType, number>;
}

interface TypesInRules {
  readonly interactions: number;
  readonly types: ReadonlyMap<string, number>;
}

export const typesSignal = profileSignal({
  blank: (): TypesDraft => ({ types: new Map() }),
  copy: ({ types }: Types) => ({ types: new Map(types) }),
  count: ({ types }: TypesDraft, { interaction: { type } }) => {
    types.set(type, sum(types.get(type) ?? 0, 1));
  },
  join: ({ types }, other) => joinAll(types, other.types, sum),
  fields: { types: z.array(z.int()) },
  decode: ({ types }) => ({
    types: new Map(interactionTypes.flatMap((type, index) => entry(type, types[index]))),
  }),
  always: ({ types }: Types) => ({ types: interactionTypes.map((type) => types.get(type) ?? 0) }),
  answer: {
    interactions: z.object({
      total: z.int(),
      byType: z.object({
        track: z.int(),
        identify: z.int(),
        page: z.int(),
        screen: z.int(),
        group: z.int(),
        alias: z.int(),
      }),
    }),
  },
  shown: ({ types }) => {
    const of = (type: InteractionType) => types.get(type) ?? 0;
    return {
      interactions: {
        total: total(types.values()),
        byType: {
          track: of('track'),
          identify: of('identify'),
          page: of('page'),
          screen: of('screen'),
          group: of('group'),
          alias: of('alias'),
        },
      },
    };
  },
  inRules: ({ types }): TypesInRules => ({ interactions: total(types.values()), types }),
});

function entry(type: InteractionType, count: number | undefined): [InteractionType, number][] {
  return count ? [[type, count]] : [];
}
