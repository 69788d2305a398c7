import type { JsonObject } from '#domain/text/json-object.ts';
import type { RuleProfile } from './rule-profile.ts';

/** What a rule is asked about. */
export interface RuleFacts {
  readonly profile: RuleProfile;
  /** What the touchpoint says about here and now. */
  readonly context: JsonObject;
  /** The offer that is considered, as the catalogue has it. */
  readonly offer?: JsonObject;
  /** Segments that the customer is in. */
  readonly segments: ReadonlySet<string>;
  /** Epoch milliseconds; rules see the day of it, UTC. */
  readonly nowMs: number;
}
