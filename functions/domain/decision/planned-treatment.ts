import type { ConsentQuestion } from '#domain/consent/consent-block.ts';
import type { ContactCandidate } from '#domain/contact-policy/contact-facts.ts';
import type { Offer } from '#domain/offer/offer.ts';
import type { RuleValue } from '#domain/rule/rule.ts';
import type { SharedRule } from '#domain/rule/shared-conditions.ts';
import type { JsonObject } from '#domain/text/json-object.ts';
import type { Treatment } from '#domain/treatment/treatment.ts';
import type { EngagementQuestion } from '#domain/vocabulary/rule-text.ts';
import type { Candidate, Exclusion } from './candidate.ts';

/** One question that a treatment must answer with yes. */
export interface PlannedRule {
  readonly question: EngagementQuestion;
  /** What is told when the answer is no. */
  readonly exclusion: Exclusion;
  /** As conditions of the whole catalogue's. Absent when the rule's text is no rule: then the answer is no. */
  readonly rule: SharedRule | undefined;
}

/** A treatment with all that the catalogue says about it, ready to be asked. */
export interface PlannedTreatment {
  readonly treatment: Treatment;
  readonly offer: Offer;
  /** The offer as rules see it. */
  readonly offerFacts: JsonObject;
  /** Epoch milliseconds. */
  readonly startsMs: number | undefined;
  readonly endsMs: number | undefined;
  readonly isPaused: boolean;
  /** Rules of its group, its offer and itself, question by question. */
  readonly rules: readonly PlannedRule[];
  /** Minor units, or how to work them out; `undefined` for a text that is no expression. */
  readonly value: number | RuleValue | undefined;
  /** Absent is 1. */
  readonly contextWeight: RuleValue | undefined;
  /** What every decision says of it in the same words. */
  readonly candidate: Candidate;
  /** What contact policies look at. */
  readonly contact: ContactCandidate;
  /** What is asked of consents; one and the same for all treatments of which the same is asked. */
  readonly consent: ConsentQuestion;
}
