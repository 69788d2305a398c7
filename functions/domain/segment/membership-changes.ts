/** A segment that a customer entered or left with one version of its membership. */
export interface MembershipChange {
  /** Equal whenever the change is told again. */
  readonly id: string;
  readonly kind: 'entered' | 'exited';
  readonly customerId: string;
  readonly segmentId: string;
  readonly version: number;
}

/** What changed from one membership to its next version, exits first, in the order of segment ids. */
export function membershipChanges(
  customerId: string,
  version: number,
  before: ReadonlySet<string>,
  after: ReadonlySet<string>,
): readonly MembershipChange[] {
  const change = (kind: MembershipChange['kind']) => (segmentId: string) => ({
    id: `${customerId}:${version}:${segmentId}`,
    kind,
    customerId,
    segmentId,
    version,
  });
  return [
    ...[...before.difference(after)].sort().map(change('exited')),
    ...[...after.difference(before)].sort().map(change('entered')),
  ];
}
