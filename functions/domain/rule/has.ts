import { only } from './call-arguments.ts';
import { isCount, isJson, isText, isTime } from './expression-type.ts';
import { RuleFaultError } from './rule-fault.ts';
import type { RuleFunction } from './rule-function.ts';

export const has: RuleFunction = {
  name: 'has',
  isMethod: false,
  read(args, call, read) {
    const node = only(args, call, 'has(profile.traits.plan)');
    const of = read(node);
    if (node.op !== '.' && node.op !== '[]')
      throw new RuleFaultError('Expected a name of profile, context or offer', node);
    if (isCount(of) || isText(of) || isTime(of) || isJson(of)) return { kind: 'has', of };
    throw new RuleFaultError('Expected a name of profile, context or offer', call);
  },
};
