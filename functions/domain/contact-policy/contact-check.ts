import { capHolds } from './cap-hold.ts';
import type { ContactBlock, ContactCandidate, ContactFacts, Hold } from './contact-facts.ts';
import { dayAndTime } from './contact-words.ts';
import { quietEnd, quietHold } from './quiet-hours.ts';
import { restHolds } from './rest-hold.ts';

/**
 * Prepares the contact policies of one decision: answers why a candidate may not be presented, or undefined when it may. All
 * policies hold at once; of several holds the one that lasts longest is told. What candidates share is worked out once.
 */
export function contactCheck(facts: ContactFacts): (candidate: ContactCandidate) => ContactBlock | undefined {
  const findHolds = [capHolds(facts), restHolds(facts)];
  const quietOf = quietHolds(facts);
  return (candidate) => {
    const quiet = quietOf(candidate);
    let longest = quiet.hold;
    for (const find of findHolds) {
      for (const hold of find(candidate)) {
        if (hold.untilMs > facts.nowMs && (longest === undefined || hold.untilMs > longest.untilMs)) longest = hold;
      }
    }
    if (longest === undefined) return undefined;
    const block = quiet.blocks.get(longest) ?? blockOf(longest, candidate, facts);
    quiet.blocks.set(longest, block);
    return block;
  };
}

/** {@link contactCheck} for one candidate. */
export function contactBlock(facts: ContactFacts, candidate: ContactCandidate): ContactBlock | undefined {
  return contactCheck(facts)(candidate);
}

/** What quiet hours hold against candidates, worked out once for all that they look at: a zone's clock is the slowest thing here. */
function quietHolds(facts: ContactFacts): (candidate: ContactCandidate) => Quiet {
  const known = new Map<string, Quiet>();
  let last: { readonly of: ContactCandidate; readonly quiet: Quiet } | undefined;
  return (candidate) => {
    const { channel, direction, kind } = candidate;
    // Candidates of one placement are mostly alike.
    if (last?.of.channel === channel && last.of.direction === direction && last.of.kind === kind) return last.quiet;
    const key = `${channel} ${direction} ${kind}`;
    const quiet = known.get(key) ?? { hold: quietHold(facts, candidate), blocks: new Map() };
    known.set(key, quiet);
    last = { of: candidate, quiet };
    return quiet;
  };
}

/** What quiet hours say to candidates of one kind, channel and direction, and what other holds come to with them. */
interface Quiet {
  readonly hold: Hold | undefined;
  readonly blocks: Map<Hold, ContactBlock>;
}

function blockOf(hold: Hold, candidate: ContactCandidate, { policies, zone }: ContactFacts): ContactBlock {
  const { reason, policyId, words } = hold;
  const untilMs = quietEnd(policies, candidate, zone, hold.untilMs);
  return Number.isFinite(untilMs)
    ? { reason, policyId, detail: `${words}; next possible on ${dayAndTime(untilMs, zone)}.`, untilMs }
    : { reason, policyId, detail: `${words}.` };
}
