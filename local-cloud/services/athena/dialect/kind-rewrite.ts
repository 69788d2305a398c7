import type { SiteRule } from './site-rule.ts';
import type { Tree } from './sql-tree.ts';

/** What a query's meaning depends on beside its text. */
export interface RewriteContext {
  /** Database of names without one. */
  readonly database: string;
  /** The time of the query, `yyyy-MM-dd HH:mm:ss.SSS` UTC. */
  readonly now: string;
}

/** What a kind of expression becomes: a tree, or a place whose meaning waits for the types of its operands. */
export type KindRewrite =
  | { readonly tree: Tree }
  | {
      readonly rule: SiteRule;
      /** What tells rules of one name apart. */
      readonly id: string;
      readonly operands: readonly Tree[];
      /** What is put around the place once its operands are known. */
      readonly around?: (site: Tree) => Tree;
    };
