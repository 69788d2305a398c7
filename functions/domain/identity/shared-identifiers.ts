import { type IdentifierRules, rulesOfKey } from './identifier-rules.ts';
import type { IdentityGraph } from './identity-graph.ts';

/**
 * The identifiers that name no single person: those linked to more than `sharedAbove` distinct ones of higher priority, as
 * a kiosk's device is to its users. Links to shared identifiers count too, so that it does not matter which was found out first.
 */
export function sharedIdentifiers(graph: IdentityGraph, rules: IdentifierRules): ReadonlySet<string> {
  const shared = new Set(graph.shared);
  const above = new Map<string, number>();
  for (const { a, b } of graph.links) {
    const [one, other] = [rulesOfKey(a, rules).priority, rulesOfKey(b, rules).priority];
    if (one !== other) above.set(one < other ? a : b, (above.get(one < other ? a : b) ?? 0) + 1);
  }
  for (const [key, links] of above) {
    const { sharedAbove } = rulesOfKey(key, rules);
    if (sharedAbove !== null && links > sharedAbove) shared.add(key);
  }
  return shared;
}
