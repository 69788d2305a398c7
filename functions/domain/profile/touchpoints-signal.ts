import { join, joinAll, sortedEntries, sum } from '#domain/text/bounded-map.ts';
import { boundedName } from '#domain/text/bounded-name.ts';
import { mostNames } from './most-names.ts';
import { profileSignal } from './profile-signal.ts';
import { mostUsedFirst, ShownCounts } from './shown-forms.ts';
import { storedCounts } from './stored-forms.ts';

/** Interactions by touchpoint. */
interface Touchpoints {
  readonly touchpoints: ReadonlyMap<string, number>;
}

interface TouchpointsDraft {
  readonly touchpoints: Map<string, number>;
}

export const touchpointsSignal = profileSignal({
  blank: (): TouchpointsDraft => ({ touchpoints: new Map() }),
  copy: ({ touchpoints }: Touchpoints) => ({ touchpoints: new Map(touchpoints) }),
  count: ({ touchpoints }: TouchpointsDraft, { interaction, keeping }) => {
    join(touchpoints, boundedName(interaction.touchpoint), 1, sum, keeping.room('touchpoints', mostNames));
  },
  join: ({ touchpoints }, other) => joinAll(touchpoints, other.touchpoints, sum),
  fields: { touchpoints: storedCounts },
  decode: ({ touchpoints }) => ({ touchpoints: new Map(touchpoints) }),
  always: ({ touchpoints }: Touchpoints) => ({ touchpoints: sortedEntries(touchpoints) }),
  answer: { touchpoints: ShownCounts },
  shown: ({ touchpoints }) => ({ touchpoints: mostUsedFirst(touchpoints) }),
  inRules: ({ touchpoints }): Touchpoints => ({ touchpoints }),
});
