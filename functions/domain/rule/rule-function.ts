import type { ASTNode } from '@marcbachmann/cel-js';
import type { Expression } from './expression.ts';
import type { SourceRange } from './rule-fault.ts';

/** Reads any node of the rule; handed in, because rules nest in calls and calls in rules. */
export type Read = (node: ASTNode) => Expression;

/** A function that rules can call. */
export interface RuleFunction {
  readonly name: string;
  /** Whether it is called on a value: `receiver.name(…)` is read as `name(receiver, …)`. */
  readonly isMethod: boolean;
  /** What a call means: an expression of the language, or a `Call` with a meaning of its own. Throws a fault. */
  readonly read: (args: readonly ASTNode[], call: SourceRange, read: Read) => Expression;
}
