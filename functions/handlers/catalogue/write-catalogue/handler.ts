import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { dynamoCatalogue } from '#adapters/catalogue-table/dynamo-catalogue.ts';
import { type ChangePlan, type ChangeRequest, planChange } from '#domain/catalogue/plan-change.ts';
import type { PastItem } from '#domain/catalogue/stored-catalogue.ts';
import { checkAccess } from '#domain/credential/access.ts';
import type { CatalogueStore } from '#ports/catalogue-store.ts';
import { environment } from '#runtime/environment.ts';
import { CatalogueTornError } from '#runtime/errors.ts';
import { callerOfRequest, type HttpAnswer, HttpRequest, refuse } from '#runtime/http/http.ts';
import { logger, withRuntime } from '#runtime/lambda.ts';
import { fullJitter } from '#runtime/retry.ts';
import { dryRunAnswer, planAnswer, savedAnswer } from './answers.ts';
import { readChangeRequest } from './read-change-request.ts';

interface WriteCatalogueDeps {
  readonly store: Pick<CatalogueStore, 'load' | 'save'>;
  readonly now: () => number;
  readonly pause: (attempt: number) => Promise<void>;
}

/** Writers of different items race too, for the catalogue has one order of changes; a dozen at once all get through. */
const mostAttempts = 12;

/** Checks a change of the catalogue and saves it, or says all that is wrong with it. */
export function makeHandler({ store, now, pause }: WriteCatalogueDeps) {
  async function save(wanted: ChangeRequest, updatedBy: string): Promise<HttpAnswer> {
    for (let attempt = 1; attempt <= mostAttempts; attempt++) {
      const catalogue = await store.load();
      const plan = planChange(wanted, catalogue);
      if (!isChange(plan)) return planAnswer(wanted, plan);
      const change: Omit<PastItem, 'version'> = {
        kind: wanted.kind,
        id: wanted.id,
        updatedAt: new Date(now()).toISOString(),
        updatedBy,
        ...(plan.kind === 'deleted' ? {} : savedOf(plan)),
      };
      const { revision } = catalogue;
      const outcome = await store.save({ revision, change, catalogueVersion: plan.catalogueVersion });
      if (outcome === 'saved') return savedAnswer(plan, revision + 1);
      await pause(attempt);
    }
    return busy();
  }

  return async (request: HttpRequest): Promise<HttpAnswer> => {
    const access = checkAccess(callerOfRequest(request), 'catalogue');
    if (access.kind === 'denied') return refuse(access.status, access.code, access.message);
    const read = readChangeRequest(request);
    if (read.kind === 'refused') return refuse(400, read.code, read.message);
    try {
      return read.isDryRun
        ? dryRunAnswer(read.wanted, planChange(read.wanted, await store.load(), true))
        : await save(read.wanted, access.caller.credentialId);
    } catch (error) {
      if (!(error instanceof CatalogueTornError)) throw error;
      logger.error('The catalogue could not be read', { error });
      return busy();
    }
  };
}

function savedOf({ item, places }: Extract<Change, { item: unknown }>) {
  return places === undefined ? { item } : { item, places: [...places] };
}

function busy(): HttpAnswer {
  return refuse(503, 'catalogue_busy', 'Too many changes at once; send it again.', { 'retry-after': '1' });
}

type Change = Extract<ChangePlan, { catalogueVersion: string }>;

function isChange(plan: ChangePlan): plan is Change {
  return 'catalogueVersion' in plan;
}

export const handler = withRuntime('write-catalogue', HttpRequest, () => {
  const { CATALOGUE_TABLE } = environment('CATALOGUE_TABLE');
  return makeHandler({
    store: dynamoCatalogue(new DynamoDBClient({}), CATALOGUE_TABLE),
    now: Date.now,
    pause: fullJitter(20, 640),
  });
});
