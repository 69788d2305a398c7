import { withoutAddresses } from '#domain/privacy/personal-data.ts';
import { join, joinAll, sortedEntries, sum } from '#domain/text/bounded-map.ts';
import { boundedName } from '#domain/text/bounded-name.ts';
import { mostNames } from './most-names.ts';
import { profileSignal } from './profile-signal.ts';
import { mostUsedFirst, ShownCounts } from './shown-forms.ts';
import { storedCounts } from './stored-forms.ts';

/** Interactions by the channel that they name. */
interface Channels {
  readonly channels: ReadonlyMap<string, number>;
}

interface ChannelsDraft {
  readonly channels: Map<string, number>;
}

export const channelsSignal = profileSignal({
  blank: (): ChannelsDraft => ({ channels: new Map() }),
  copy: ({ channels }: Channels) => ({ channels: new Map(channels) }),
  count: ({ channels }: ChannelsDraft, { interaction: { channel }, keeping }) => {
    if (!channel) return;
    join(channels, boundedName(withoutAddresses(channel)), 1, sum, keeping.room('channels', mostNames));
  },
  join: ({ channels }, other) => joinAll(channels, other.channels, sum),
  fields: { channels: storedCounts },
  decode: ({ channels }) => ({ channels: new Map(channels) }),
  always: ({ channels }: Channels) => ({ channels: sortedEntries(channels) }),
  answer: { channels: ShownCounts },
  shown: ({ channels }) => ({ channels: mostUsedFirst(channels) }),
  inRules: ({ channels }): Channels => ({ channels }),
});
