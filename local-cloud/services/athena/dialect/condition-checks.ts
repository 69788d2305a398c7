import { QueryError } from './query-error.ts';
import { isNull, type SiteRule } from './site-rule.ts';
import { child, isBranch, isList, kindOf, type Tree } from './sql-tree.ts';

/** Kinds of expression that are boolean whatever their operands are. */
const booleanKinds: ReadonlySet<string> = new Set(
  'and between boolean eq exists gt gte in is_null like lt lte neq not null null_safe_eq null_safe_neq or'.split(' '),
);

/** A condition has to be boolean; DuckDB takes a number for one. */
const truth: SiteRule = (type = '') => {
  if (type !== 'BOOLEAN' && !isNull(type)) {
    throw new QueryError('TYPE_MISMATCH', `A condition must evaluate to a boolean (actual: ${type})`);
  }
  return 'arg0';
};

/** Marks a condition for the check, unless its kind says enough. `mark` makes the mark. */
export type MarkCondition = (condition: Tree) => Tree;
export const conditionSite = (condition: Tree) => ({ rule: truth, id: 'truth', operands: [condition] });

/** The expression with a mark on each part that must be boolean. `written` is the same expression as the query has it. */
export function withConditions(kind: string, written: Tree, made: Tree, mark: MarkCondition): Tree {
  if (!isBranch(made)) return made;
  const checked = (part: Tree, original: Tree): Tree => {
    const inside = kindOf(original)?.[0] === 'paren' ? child(kindOf(original)?.[1], 'this') : original;
    const known = kindOf(inside)?.[0];
    return known === undefined || booleanKinds.has(known) || known === 'paren' ? part : mark(part);
  };
  const at = (key: string): Tree => checked(child(made, key), child(written, key));
  const within = (key: string): Tree => {
    const clause = child(made, key);
    return isBranch(clause)
      ? { ...clause, this: checked(child(clause, 'this'), child(child(written, key), 'this')) }
      : clause;
  };
  switch (kind) {
    case 'and':
    case 'or':
      return { ...made, left: at('left'), right: at('right') };
    case 'not':
      return { ...made, this: at('this') };
    case 'select':
      return { ...made, where_clause: within('where_clause'), having: within('having') };
    case 'case':
      return child(made, 'operand') === null
        ? { ...made, whens: whens(child(written, 'whens'), child(made, 'whens'), checked) }
        : made;
    case 'function':
      return child(made, 'name') === 't__if'
        ? { ...made, args: first(child(written, 'args'), child(made, 'args'), checked) }
        : made;
    default:
      return made;
  }
}

type Checked = (part: Tree, original: Tree) => Tree;

function whens(written: Tree, made: Tree, checked: Checked): Tree {
  const originals = isList(written) ? written : [];
  return (isList(made) ? made : []).map((when, index) => first(originals[index] ?? null, when, checked));
}

function first(written: Tree, made: Tree, checked: Checked): Tree {
  const [original = null] = isList(written) ? written : [];
  return isList(made) ? made.map((part, index) => (index === 0 ? checked(part, original) : part)) : made;
}
