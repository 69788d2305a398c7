import type { IdentityGraph } from './identity-graph.ts';

/** An identifier that nobody had told of before somebody claimed it. */
export interface HeldClaim {
  /** Key of who claims it. */
  readonly by: string;
  readonly key: string;
  /** When it arrived, in epoch milliseconds. */
  readonly atMs: number;
}

/** The claims that were the first word about an identifier, of those whose claimant the graph has too. */
export function heldClaims({ members }: Pick<IdentityGraph, 'members'>): HeldClaim[] {
  return [...members].flatMap(([key, { words }]) => {
    const { by, atMs = 0 } = words?.[0] ?? {};
    return by === undefined || by === key || !members.has(by) ? [] : [{ by, key, atMs }];
  });
}
