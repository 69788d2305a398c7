import { defaultIdentifiers } from '#domain/identity/identifier-catalogue.ts';
import { identityDifferences } from '#scripts/rebuild/identity-differences.ts';
import type { Target } from '#scripts/target/target.ts';
import { type Finding, findingsOf } from './audited-run.ts';

/** Who is one customer is the same in the table, by the lake's links from nothing, and in the lake's view; for all runs of a cloud. */
export async function auditIdentities(target: Target): Promise<Finding[]> {
  const { differences } = await identityDifferences(target, defaultIdentifiers.types);
  return findingsOf(
    'identities',
    'the lake folds to another customer',
    differences.map(({ key, detail }) => `${key} ${detail}`),
  );
}
