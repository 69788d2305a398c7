import type { ASTNode } from '@marcbachmann/cel-js';
import { isoCurrencies } from '#domain/interaction/iso-currencies.ts';
import { type Expression, mostDays } from './expression.ts';
import {
  isCount,
  isJson,
  isText,
  isTime,
  nameOfType,
  toCount,
  toText,
  toTime,
  toTruth,
  typeOf,
} from './expression-type.ts';
import { timeOfText } from './iso-time.ts';
import { checkedName } from './read-reference.ts';
import { RuleFaultError, type SourceRange } from './rule-fault.ts';

/** Reads any node of the rule; handed in, because rules nest in calls and calls in rules. */
export type Read = (node: ASTNode) => Expression;

type Reader = (args: readonly ASTNode[], call: SourceRange, read: Read) => Expression;

/** Reads a call `name(…)`, or `receiver.name(…)` as `name(receiver, …)`. Throws a fault. */
export function readCall(
  name: string,
  args: readonly ASTNode[],
  isMethod: boolean,
  call: SourceRange,
  read: Read,
): Expression {
  const known: Readonly<Record<string, Reader>> = isMethod ? methods : functions;
  const reader = Object.hasOwn(known, name) ? known[name] : undefined;
  if (reader !== undefined) return reader(args, call, read);
  const list = Object.keys(known).map((each) => (isMethod ? `.${each}()` : `${each}()`));
  throw new RuleFaultError(`${name}() is not known; there are ${list.join(', ')}`, call);
}

const functions: Readonly<Record<string, Reader>> = {
  has(args, call, read) {
    const node = only(args, call, 'has(profile.traits.plan)');
    const of = read(node);
    if (node.op !== '.' && node.op !== '[]')
      throw new RuleFaultError('Expected a name of profile, context or offer', node);
    if (isCount(of) || isText(of) || isTime(of) || isJson(of)) return { kind: 'has', of };
    throw new RuleFaultError('Expected a name of profile, context or offer', call);
  },
  in_segment: (args, call) => ({ kind: 'in-segment', segmentId: name(only(args, call, 'in_segment("loyal")')) }),
  count_since(args, call) {
    const [event, days, ...more] = args;
    if (event === undefined || days === undefined || more.length > 0)
      throw usage('count_since("Order Completed", 30)', call);
    return { kind: 'count-since', event: name(event), days: wholeDays(days) };
  },
  sum_since(args, call) {
    const [event, days, currency, ...more] = args;
    if (event === undefined || days === undefined || more.length > 0) {
      throw usage('sum_since("Order Completed", 30, "EUR")', call);
    }
    if (name(event) !== 'Order Completed') {
      throw new RuleFaultError('Only "Order Completed" has sums: minor units of what was paid', event);
    }
    return {
      kind: 'sum-since',
      currency: currency === undefined ? undefined : currencyCode(currency),
      days: wholeDays(days),
    };
  },
  days_since(args, call, read) {
    const node = only(args, call, 'days_since("Order Completed") or days_since(profile.last_seen)');
    if (node.op === 'value' && typeof node.args === 'string') return { kind: 'days-since-event', event: name(node) };
    return { kind: 'days-since-time', time: toTime(read(node), node) };
  },
  size: (args, call, read) => size(only(args, call, 'size(profile.traits.tags)'), read),
  double(args, call, read) {
    const node = only(args, call, 'double(profile.traits.age)');
    return toCount(read(node), node);
  },
  string(args, call, read) {
    const node = only(args, call, 'string(profile.traits.plan)');
    return toText(read(node), node);
  },
  bool(args, call, read) {
    const node = only(args, call, 'bool(profile.traits.vip)');
    return toTruth(read(node), node);
  },
  timestamp(args, call, read) {
    const node = only(args, call, 'timestamp("2026-01-01") or timestamp(profile.traits.createdAt)');
    if (node.op !== 'value' || typeof node.args !== 'string') return toTime(read(node), node);
    const value = timeOfText(node.args);
    if (value !== undefined) return { kind: 'time', value };
    throw new RuleFaultError('Expected a time as "2026-01-31" or "2026-01-31T12:00:00Z"', node);
  },
};

const methods: Readonly<Record<string, Reader>> = {
  contains: textTest('contains'),
  startsWith: textTest('startsWith'),
  endsWith: textTest('endsWith'),
  lowerAscii: letters('lower'),
  upperAscii: letters('upper'),
  size: (args, call, read) => size(only(args, call, 'profile.traits.tags.size()'), read),
};

function textTest(test: 'contains' | 'startsWith' | 'endsWith'): Reader {
  return (args, call, read) => {
    const [text, part, ...more] = args;
    if (text === undefined || part === undefined || more.length > 0)
      throw usage(`profile.traits.city.${test}("New")`, call);
    return { kind: 'text-test', test, text: toText(read(text), text), part: toText(read(part), part) };
  };
}

function letters(kind: 'lower' | 'upper'): Reader {
  return (args, call, read) => {
    const text = only(args, call, `profile.traits.city.${kind}Ascii()`);
    return { kind: 'letters', letters: kind, text: toText(read(text), text) };
  };
}

function size(node: ASTNode, read: Read): Expression {
  const of = read(node);
  if (isText(of)) return { kind: 'text-size', text: of };
  if (isJson(of)) return { kind: 'json-size', json: of };
  throw new RuleFaultError(`Expected a text or a list, found ${nameOfType[typeOf(of)]}`, node);
}

function only(args: readonly ASTNode[], call: SourceRange, example: string): ASTNode {
  const [first, ...more] = args;
  if (first === undefined || more.length > 0) throw usage(example, call);
  return first;
}

function usage(example: string, call: SourceRange): RuleFaultError {
  return new RuleFaultError(`Expected other arguments, as in ${example}`, call);
}

function name(node: ASTNode): string {
  if (node.op !== 'value' || typeof node.args !== 'string') throw new RuleFaultError('Expected a text in quotes', node);
  return checkedName({ text: node.args, start: node.start, end: node.end });
}

function wholeDays(node: ASTNode): number {
  const days = node.op === 'value' && typeof node.args === 'bigint' ? Number(node.args) : 0;
  if (days >= 1 && days <= mostDays) return days;
  throw new RuleFaultError(`Expected a whole number of days from 1 to ${mostDays}`, node);
}

function currencyCode(node: ASTNode): string {
  if (node.op === 'value' && typeof node.args === 'string' && isoCurrencies.has(node.args)) return node.args;
  throw new RuleFaultError('Expected a currency of ISO 4217, as "EUR"', node);
}
