import { lowerAscii, upperAscii } from './ascii-letters.ts';
import { bool, double, string, timestamp } from './conversions.ts';
import { countSince } from './count-since.ts';
import { daysSince } from './days-since.ts';
import { has } from './has.ts';
import { inSegment } from './in-segment.ts';
import type { RuleFunction } from './rule-function.ts';
import { size, sizeOf } from './size.ts';
import { sumSince } from './sum-since.ts';
import { contains, endsWith, startsWith } from './text-tests.ts';

/** Every function of rules, in the order in which faults list them. */
export const ruleFunctions: readonly RuleFunction[] = [
  has,
  inSegment,
  countSince,
  sumSince,
  daysSince,
  size,
  double,
  string,
  bool,
  timestamp,
  contains,
  startsWith,
  endsWith,
  lowerAscii,
  upperAscii,
  sizeOf,
];
