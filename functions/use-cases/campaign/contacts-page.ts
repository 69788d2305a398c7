import type { RunContactsAnswer } from '#contracts/api/campaign-run-answers.ts';
import type { CampaignRun } from '#domain/campaign/campaign-run.ts';
import type { CampaignDeps } from './campaign-deps.ts';
import { contactOf } from './contact-of.ts';

type Shown = RunContactsAnswer['contacts'][number];

/** What becomes of the customers of a run's chunk: of a dry run what would. */
export function contactsPage({ contacts, files }: Pick<CampaignDeps, 'contacts' | 'files'>) {
  return async (run: CampaignRun, chunk: number): Promise<RunContactsAnswer> => {
    const shown = run.dryRun ? await expected(files, run, chunk) : (await contacts.ofChunk(run.runId, chunk)).map(show);
    const isLast = chunk + 1 >= (run.chunks ?? 0);
    return { contacts: shown, ...(isLast ? {} : { nextCursor: String(chunk + 1) }) };
  };
}

function show({ customerId, state, reason, choice, dueAtMs }: ReturnType<typeof contactOf>): Shown {
  const { treatmentId, placementId, channel, decisionId } = choice ?? {};
  return {
    customerId,
    state,
    ...(reason === undefined ? {} : { reason }),
    ...(treatmentId === undefined ? {} : { treatmentId, placementId, channel, decisionId }),
    ...(dueAtMs === undefined ? {} : { dueAt: new Date(dueAtMs).toISOString() }),
  };
}

async function expected(files: CampaignDeps['files'], run: CampaignRun, chunk: number): Promise<Shown[]> {
  const [appraisals = [], assignments = []] = await Promise.all([
    files.appraisals(run.runId, chunk),
    files.assignments(run.runId, chunk),
  ]);
  const optionOf = new Map(assignments.map(({ customer, option }) => [customer, option]));
  return appraisals.map((appraisal) => {
    const treatmentId = optionOf.get(appraisal.customer);
    const option = appraisal.options.find(({ id }) => id === treatmentId);
    if (treatmentId === undefined || option === undefined)
      return show(contactOf(run, chunk, appraisal, undefined, run.startedAtMs));
    const { placementId, channel } = option;
    return { customerId: appraisal.customer, state: 'contacted', treatmentId, placementId, channel };
  });
}
