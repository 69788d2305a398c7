import type { ParsedItem } from './parsed-item.ts';
import { type EngagementQuestion, engagementQuestions } from './rule-text.ts';

/** A piece of CEL in an item: where it stands, and what it must give. */
export interface RulePlace {
  readonly path: readonly string[];
  readonly source: string;
  readonly gives: 'truth' | 'number';
}

/** Every rule and expression of an item. */
export function rulesOf({ kind, item }: ParsedItem): readonly RulePlace[] {
  switch (kind) {
    case 'segments':
      return [truth('rule', item.rule)];
    case 'offer-groups':
      return engagement(item);
    case 'offers':
      return 'rule' in item.value
        ? [...engagement(item), { path: ['value', 'rule'], source: item.value.rule, gives: 'number' }]
        : engagement(item);
    case 'treatments':
      return item.contextWeight === undefined
        ? engagement(item)
        : [...engagement(item), { path: ['contextWeight'], source: item.contextWeight, gives: 'number' }];
    case 'budgets':
    case 'kpis':
    case 'placements':
    case 'contact-policies':
    case 'strategies':
      return [];
  }
}

type Engagement = { readonly [Question in EngagementQuestion]?: string | undefined };

function engagement(item: Engagement): readonly RulePlace[] {
  return engagementQuestions.flatMap((question) => {
    const source = item[question];
    return source === undefined ? [] : [truth(question, source)];
  });
}

const truth = (field: string, source: string): RulePlace => ({ path: [field], source, gives: 'truth' });
