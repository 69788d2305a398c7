import type { ASTNode } from '@marcbachmann/cel-js';
import type { Expression } from './expression.ts';
import { RuleFaultError, type SourceRange } from './rule-fault.ts';
import type { Read } from './rule-function.ts';
import { ruleFunctions } from './rule-functions.ts';

/** Reads a call `name(…)`, or `receiver.name(…)` as `name(receiver, …)`. Throws a fault. */
export function readCall(
  name: string,
  args: readonly ASTNode[],
  isMethod: boolean,
  call: SourceRange,
  read: Read,
): Expression {
  const callable = ruleFunctions.filter((each) => each.isMethod === isMethod);
  const called = callable.find((each) => each.name === name);
  if (called !== undefined) return called.read(args, call, read);
  const list = callable.map((each) => (isMethod ? `.${each.name}()` : `${each.name}()`));
  throw new RuleFaultError(`${name}() is not known; there are ${list.join(', ')}`, call);
}
