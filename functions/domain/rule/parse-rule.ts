import { type ASTNode, Environment, ParseError } from '@marcbachmann/cel-js';
import { RuleFaultError } from './rule-fault.ts';

/** Limits of a rule: its text in UTF-16 units, its parts, and how deep they nest. */
const ruleLimits = { mostUnits: 4000, mostParts: 500, deepest: 24, mostItems: 100, mostArguments: 4 } as const;

/** Parses CEL. Throws a RuleFaultError for what is no CEL, or more of it than a rule may have. */
export function parseRule(source: string): ASTNode {
  if (source.length > ruleLimits.mostUnits) {
    const range = { start: ruleLimits.mostUnits, end: source.length };
    throw new RuleFaultError(`Expected at most ${ruleLimits.mostUnits} characters, found ${source.length}`, range);
  }
  try {
    return environment.parse(source).ast;
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    const range = error.range ?? { start: 0, end: source.length };
    if (error.summary === 'Unexpected token: EOF') throw new RuleFaultError('The rule ends in the middle', range);
    const [, limit, most] = /^Exceeded max(\w+) \((\d+)\)$/.exec(error.summary) ?? [];
    if (limit !== undefined) throw new RuleFaultError(`Expected at most ${most} ${limits[limit] ?? limit}`, range);
    throw new RuleFaultError(error.summary, range);
  }
}

const limits: Readonly<Record<string, string>> = {
  AstNodes: 'names, values and operators',
  Depth: 'levels of brackets and dots',
  ListElements: 'items in a list',
  MapEntries: 'entries',
  CallArguments: 'arguments',
};

const environment = new Environment({
  unlistedVariablesAreDyn: true,
  limits: {
    maxAstNodes: ruleLimits.mostParts,
    maxDepth: ruleLimits.deepest,
    maxListElements: ruleLimits.mostItems,
    maxMapEntries: ruleLimits.mostItems,
    maxCallArguments: ruleLimits.mostArguments,
  },
});
