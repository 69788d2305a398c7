import { only } from './call-arguments.ts';
import { toCount, toText, toTime, toTruth } from './expression-type.ts';
import { timeOfText } from './iso-time.ts';
import { RuleFaultError } from './rule-fault.ts';
import type { RuleFunction } from './rule-function.ts';

/** Says that a value is a number. It converts nothing, and neither do `string`, `bool` and `timestamp`. */
export const double: RuleFunction = {
  name: 'double',
  isMethod: false,
  read(args, call, read) {
    const node = only(args, call, 'double(profile.traits.age)');
    return toCount(read(node), node);
  },
};

export const string: RuleFunction = {
  name: 'string',
  isMethod: false,
  read(args, call, read) {
    const node = only(args, call, 'string(profile.traits.plan)');
    return toText(read(node), node);
  },
};

export const bool: RuleFunction = {
  name: 'bool',
  isMethod: false,
  read(args, call, read) {
    const node = only(args, call, 'bool(profile.traits.vip)');
    return toTruth(read(node), node);
  },
};

export const timestamp: RuleFunction = {
  name: 'timestamp',
  isMethod: false,
  read(args, call, read) {
    const node = only(args, call, 'timestamp("2026-01-01") or timestamp(profile.traits.createdAt)');
    if (node.op !== 'value' || typeof node.args !== 'string') return toTime(read(node), node);
    const value = timeOfText(node.args);
    if (value !== undefined) return { kind: 'time', value };
    throw new RuleFaultError('Expected a time as "2026-01-31" or "2026-01-31T12:00:00Z"', node);
  },
};
