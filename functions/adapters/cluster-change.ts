import type { Cluster } from '#domain/identity/cluster.ts';
import type { IdentityEvent } from '#domain/identity/identity-change.ts';

/** What becomes of clusters: see `stepCluster`. */
export interface ClusterChange {
  readonly before: readonly Cluster[];
  readonly cluster: Cluster;
  /** Ids of those that became part of it. */
  readonly absorbed: readonly string[];
  readonly events: readonly IdentityEvent[];
}
