import type { Catalogue } from '#domain/catalogue/catalogue.ts';
import { ruleProfileOf } from '#domain/rule/rule-profile.ts';
import { type CompiledSegments, compileSegments } from '#domain/segment/compiled-segments.ts';
import { type Membership, segmentsOf } from '#domain/segment/segments-of.ts';
import type { Customers } from '#ports/customers.ts';
import type { Memberships, StoredMembership } from '#ports/memberships.ts';
import { SegmentsContendedError } from '#runtime/errors.ts';
import { untilSettled } from '#runtime/retry.ts';

const attempts = 8;

export interface RefreshDeps {
  readonly customers: Pick<Customers, 'customer'>;
  readonly memberships: Memberships;
  /** The catalogue, a moment old at most; of a revision at least, when one is given. */
  readonly catalogue: (atLeast?: number) => Promise<Pick<Catalogue, 'revision' | 'segments'>>;
  /** Waits before attempt `n` + 1 after a conflict. */
  readonly pause: (attempt: number) => Promise<void>;
}

/**
 * Brings the stored segments of a customer up to date and gives its id: that of the customer whose profile the id names, who is
 * another one after a merge; then nobody is in any segment under the id itself. Writes nothing when nothing changed. The
 * membership is read before the profile and written only if nobody wrote meanwhile, so that an older profile never wins.
 * Throws {@link SegmentsContendedError}.
 */
export async function refreshCustomer(id: string, nowMs: number, deps: RefreshDeps): Promise<string> {
  const settled = await untilSettled(attempts, deps.pause, async () => {
    const before = await deps.memberships.load(id);
    const { revision, segments } = await deps.catalogue(before.revision);
    // A firm without segments pays for no profile: reading one is dearer than all the rest here.
    if (segments.size === 0 && isSame(before, nowhere)) return { customerId: id };
    const customer = await deps.customers.customer(id);
    const customerId = customer?.customerId ?? id;
    const found =
      customer === undefined || customerId !== id
        ? nowhere
        : segmentsOf(compiled(segments), ruleProfileOf(customer.personas.map(({ state }) => state)), nowMs);
    if (isSame(before, found)) return { customerId };
    const outcome = await deps.memberships.save(before, { ...found, revision }, nowMs);
    return outcome === 'saved' ? { customerId } : 'conflict';
  });
  if (settled === 'conflict')
    throw new SegmentsContendedError(`The segments of ${id} changed under ${attempts} attempts to write them`);
  return settled.customerId;
}

const nowhere: Membership = { members: new Set(), nextChangeMs: undefined };

function isSame(before: StoredMembership, { members, nextChangeMs }: Membership): boolean {
  return (
    before.nextChangeMs === nextChangeMs && before.members.size === members.size && members.isSubsetOf(before.members)
  );
}

const compiledOf = new WeakMap<Catalogue['segments'], CompiledSegments>();

function compiled(segments: Catalogue['segments']): CompiledSegments {
  const known = compiledOf.get(segments) ?? compileSegments([...segments.values()]);
  compiledOf.set(segments, known);
  return known;
}
