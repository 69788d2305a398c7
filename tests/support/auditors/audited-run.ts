import type { Target } from '#scripts/target/target.ts';
import type { TouchpointLog } from './touchpoint-log.ts';

/** What a client knows of a message that it sent, after its last attempt. */
export interface SentMessage {
  readonly message: Readonly<Record<string, unknown>> & { readonly messageId: string; readonly timestamp: string };
  /** `unanswered` may have arrived or not. */
  readonly answer: 'accepted' | 'rejected' | 'unanswered';
}

/** A cloud at rest, and what was sent to it. */
export interface AuditedRun {
  readonly target: Target;
  /** Beginnings of the ids of this run's messages, so that several runs can share a cloud. Letters, digits and `-`. */
  readonly idPrefix: string | readonly string[];
  readonly sent: readonly SentMessage[];
  /** Of a run in which touchpoints asked for decisions. */
  readonly touchpoints?: TouchpointLog;
}

/** Something that must not be. */
export interface Finding {
  readonly auditor:
    | 'set'
    | 'count'
    | 'consents'
    | 'register'
    | 'rebuild'
    | 'identities'
    | 'records'
    | 'responses'
    | 'caps'
    | 'budgets'
    | 'models';
  readonly text: string;
}

/** Up to a few findings of one kind, and how many more there are. */
export function findingsOf(auditor: Finding['auditor'], what: string, cases: readonly string[]): Finding[] {
  if (cases.length === 0) return [];
  const more = cases.length > 3 ? ` and ${cases.length - 3} more` : '';
  return [{ auditor, text: `${what}: ${cases.slice(0, 3).join(', ')}${more}` }];
}
