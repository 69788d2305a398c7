import { name, only } from './call-arguments.ts';
import { toTime } from './expression-type.ts';
import type { RuleFunction } from './rule-function.ts';

export const daysSince: RuleFunction = {
  name: 'days_since',
  isMethod: false,
  read(args, call, read) {
    const node = only(args, call, 'days_since("Order Completed") or days_since(profile.last_seen)');
    if (node.op === 'value' && typeof node.args === 'string') return { kind: 'days-since-event', event: name(node) };
    return { kind: 'days-since-time', time: toTime(read(node), node) };
  },
};
