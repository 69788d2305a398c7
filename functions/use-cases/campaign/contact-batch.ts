import type { Appraisal, Assignment } from '#domain/campaign/appraisal.ts';
import type { CampaignRun } from '#domain/campaign/campaign-run.ts';
import { chunkOf } from '#domain/campaign/chunk-of.ts';
import { type Contact, isFinal } from '#domain/campaign/contact.ts';
import { limitsEntries } from '#domain/campaign/may-enter.ts';
import type { Contact as Reservation } from '#domain/contact-policy/contact-ledger.ts';
import type { Decision } from '#domain/decision/decision.ts';
import { CustomerContendedError, RunPausedError, UnexpectedShapeError } from '#runtime/errors.ts';
import { gather } from '#runtime/gather.ts';
import { type CampaignDeps, customersAtOnce, type RunChunk } from './campaign-deps.ts';
import { contactOf } from './contact-of.ts';
import { type RunDecider, runDecider } from './run-decider.ts';
import { runOf } from './run-of.ts';
import { type SettledCustomer, settleCustomer } from './settle-customer.ts';

/**
 * Decides for the customers of a chunk once more, reserves what they are to get, and writes down what becomes of each. Their decisions
 * are recorded together, once: what was recorded before stands, and what lacks a contact gets it from there. Throws
 * {@link RunPausedError}.
 */
export function contactBatch(deps: CampaignDeps) {
  return async ({ runId, chunk }: RunChunk): Promise<void> => {
    const [run, appraisals, assignments, there] = await Promise.all([
      runOf(deps.runs, runId),
      deps.files.appraisals(runId, chunk),
      deps.files.assignments(runId, chunk),
      deps.contacts.ofChunk(runId, chunk),
    ]);
    if (appraisals === undefined || assignments === undefined)
      throw new UnexpectedShapeError(`Chunk ${chunk} of run ${runId} was not appraised`);
    if (run.state === 'paused') throw new RunPausedError(`Run ${runId} is paused`);
    const known = new Set(there.map(({ customerId }) => customerId));
    const missing = appraisals.filter(({ customer }) => !known.has(customer));
    // Whoever wrote them down may have died before what comes after.
    if (missing.length === 0) return afterwards(deps, run, there);

    const assigned = run.state === 'cancelled' ? [] : assignments;
    const decisions = await decideChunk(deps, run, appraisals, assigned);
    const contacts = missing.map((appraisal) =>
      contactOf(run, chunk, appraisal, decisions.get(appraisal.customer), deps.now()),
    );
    await deps.contacts.add(runId, chunk, contacts);
    await afterwards(deps, run, [...there, ...contacts]);
  };
}

/** The decisions for a chunk's customers by their id: those that were recorded, or new ones. */
async function decideChunk(
  deps: CampaignDeps,
  run: CampaignRun,
  appraisals: readonly Appraisal[],
  assignments: readonly Assignment[],
): Promise<ReadonlyMap<string, Decision>> {
  const customerIds = assignments.map(({ customer }) => customer);
  const decider = await runDecider(deps, run, customerIds);
  const recorded = await recordedFor(deps, decider, customerIds);
  if (recorded !== undefined) return recorded;
  const placementOf = placements(appraisals);
  const outcomes = await gather(assignments, customersAtOnce, (assignment) =>
    settleCustomer(deps, run, decider, assignment, placementOf(assignment)).catch((fault: unknown) => ({ fault })),
  );
  const settled = outcomes.flatMap((outcome) => ('fault' in outcome ? [] : [outcome]));
  const failed = outcomes.find((outcome) => 'fault' in outcome);
  if (failed !== undefined) {
    giveBack(deps, settled);
    throw failed.fault;
  }
  const [first, ...rest] = settled.map(({ decision }) => decision);
  if (first === undefined) return new Map();
  if ((await deps.decisions.save([first, ...rest])) === 'saved') {
    await tellOutbid(
      deps,
      decider,
      settled.flatMap(({ outbid }) => outbid),
    );
    return new Map(settled.map(({ decision }) => [decision.personaId, decision]));
  }
  // Another execution has recorded the chunk: its decisions stand, and what ours took of budgets it took too.
  giveBack(deps, settled);
  const theirs = await recordedFor(deps, decider, customerIds);
  if (theirs === undefined) throw new CustomerContendedError('Somebody else records the same chunk just now');
  return theirs;
}

async function recordedFor(
  { decisions }: CampaignDeps,
  { decisionIdOf }: RunDecider,
  customerIds: readonly string[],
): Promise<ReadonlyMap<string, Decision> | undefined> {
  const [first, ...rest] = customerIds;
  const one = first === undefined ? undefined : await decisions.find(decisionIdOf(first));
  if (one === undefined) return undefined;
  const others = await gather(rest, customersAtOnce, (id) => decisions.find(decisionIdOf(id)));
  return new Map(
    [one, ...others].flatMap((decision) => (decision === undefined ? [] : [[decision.personaId, decision]])),
  );
}

function placements(appraisals: readonly Appraisal[]) {
  const byCustomer = new Map(appraisals.map((appraisal) => [appraisal.customer, appraisal.options]));
  return ({ customer, option }: Assignment): string =>
    byCustomer.get(customer)?.find(({ id }) => id === option)?.placementId ?? '';
}

function giveBack({ budgets }: CampaignDeps, settled: readonly SettledCustomer[]): void {
  for (const { spending } of settled) if (spending !== undefined) budgets.giveBack(spending);
}

/**
 * Tells the runs whose reservations are gone, and gives their budgets back. A contact that is not written down yet hears it when it is:
 * see {@link afterwards}.
 */
async function tellOutbid(deps: CampaignDeps, decider: RunDecider, outbid: readonly Reservation[]): Promise<void> {
  if (outbid.length === 0) return;
  const choosing = await deps.runs.choosing();
  await gather(outbid, customersAtOnce, async ({ decisionId, personaId, treatmentId, atMs }) => {
    const { uses = [] } = decider.plan.catalogue.treatments.get(treatmentId) ?? {};
    deps.budgets.giveBack({ kind: 'taken', uses, worthMinor: 0, atMs });
    const run = decider.isReserved(decisionId, choosing);
    if (run?.chunks === undefined) return;
    const ref = { runId: run.runId, chunk: chunkOf(personaId, run.chunks), customerId: personaId };
    const contact = await deps.contacts.find(ref);
    if (contact === undefined || isFinal(contact.state)) return;
    await deps.contacts.settle([{ contact, to: { state: 'excluded', reason: 'outbid' } }], deps.now());
  });
}

/** Counts entries, and looks whether a reservation was outbid before its contact was written down. Once more, it changes nothing. */
async function afterwards(deps: CampaignDeps, run: CampaignRun, contacts: readonly Contact[]): Promise<void> {
  if (limitsEntries(run.campaign)) {
    const entry = { runId: run.runId, atMs: deps.now() };
    const entered = contacts.filter(({ choice }) => choice !== undefined);
    await gather(entered, customersAtOnce, ({ customerId }) => deps.entries.enter(run.campaignId, customerId, entry));
  }
  const waiting = contacts.filter(({ state }) => state === 'pending');
  const isAlone = (await deps.runs.choosing()).every(({ runId }) => runId === run.runId);
  if (isAlone) return;
  const lost = await gather(waiting, customersAtOnce, async (contact) => {
    const { customer } = await deps.reads.load(contact.customerId, 'latest');
    const isKept = customer.ledger.contacts.some(({ decisionId }) => decisionId === contact.choice?.decisionId);
    return isKept ? [] : [contact];
  });
  await deps.contacts.settle(
    lost.flat().map((contact) => ({ contact, to: { state: 'excluded', reason: 'outbid' } })),
    deps.now(),
  );
}
