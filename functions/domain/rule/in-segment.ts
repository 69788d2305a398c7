import { name, only } from './call-arguments.ts';
import type { RuleFunction } from './rule-function.ts';

export const inSegment: RuleFunction = {
  name: 'in_segment',
  isMethod: false,
  read: (args, call) => ({ kind: 'in-segment', segmentId: name(only(args, call, 'in_segment("loyal")')) }),
};
