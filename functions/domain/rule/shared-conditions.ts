import { truthReader } from './evaluator.ts';
import type { Truth } from './expression.ts';
import { partsOf } from './expression-parts.ts';
import type { Reader } from './reader.ts';
import type { Rule } from './rule.ts';
import type { RuleFacts } from './rule-facts.ts';

/** A rule as numbers of conditions that must all be true, among those of all rules that it is asked with. */
export type SharedRule = readonly number[];

/** Conditions of many rules: each stands once, however many rules have it. */
export interface SharedConditions {
  share(rule: Rule): SharedRule;
  /** Ready to be asked about one customer at one moment; `offer` is the one thing that may differ from rule to rule. */
  asked(facts: Omit<RuleFacts, 'offer'>): (rule: SharedRule, offer: RuleFacts['offer']) => boolean;
}

/**
 * Rules of a catalogue have much in common, and a decision asks all of them of one customer: so a rule is taken apart at its outermost
 * `&&`, and of each condition the answer is kept while the customer is asked about, unless it depends on the offer.
 */
export function sharedConditions(): SharedConditions {
  const numbers = new Map<string, number>();
  const readers: Reader<boolean>[] = [];
  const ofOffer: boolean[] = [];

  function numberOf(condition: Truth, name: string): number {
    const known = numbers.get(name);
    if (known !== undefined) return known;
    numbers.set(name, readers.length);
    ofOffer.push([...partsOf(condition)].some((part) => part.kind === 'json' && part.document === 'offer'));
    return readers.push(truthReader(condition)) - 1;
  }

  return {
    share({ expression, source }) {
      return conditionsOf(expression).map((condition, place) =>
        numberOf(condition, nameOf(condition) ?? `${place} of ${source}`),
      );
    },

    asked(facts) {
      const answers = new Uint8Array(readers.length);
      return (rule, offer) => {
        for (const number of rule) {
          const answer = answers[number];
          if (answer === isTrue) continue;
          if (answer === isNotTrue) return false;
          const own = ofOffer[number] === true;
          const holds = readers[number]?.(own && offer !== undefined ? { ...facts, offer } : facts) === true;
          if (!own) answers[number] = holds ? isTrue : isNotTrue;
          if (!holds) return false;
        }
        return true;
      };
    },
  };
}

/** What is kept of a condition; zero is not asked yet. Unknown is not true. */
const [isTrue, isNotTrue] = [1, 2];

/** The conditions of which a rule is the conjunction, in their order. */
function conditionsOf(expression: Truth): Truth[] {
  if (expression.kind !== 'and') return [expression];
  return [...conditionsOf(expression.left), ...conditionsOf(expression.right)];
}

/** The same for conditions that are the same; undefined for those with a call, whose meaning is a function. */
function nameOf(condition: Truth): string | undefined {
  const hasCall = [...partsOf(condition)].some((part) => 'live' in part);
  return hasCall ? undefined : JSON.stringify(condition, exactly);
}

/** JSON has no infinity and no negative zero. */
function exactly(_: string, value: unknown): unknown {
  if (typeof value !== 'number') return value;
  return { number: Object.is(value, -0) ? '-0' : String(value) };
}
