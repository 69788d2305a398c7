import type { RulePlace } from './rule-place.ts';
import { type EngagementQuestion, engagementQuestions } from './rule-text.ts';

/** The rules of an item's engagement policy, in the order in which they are asked. */
export function engagementRules(
  item: {
    readonly [Question in EngagementQuestion]?: string | undefined;
  },
): readonly RulePlace[] {
  return engagementQuestions.flatMap((question): readonly RulePlace[] => {
    const source = item[question];
    return source === undefined ? [] : [{ path: [question], source, gives: 'truth' }];
  });
}
