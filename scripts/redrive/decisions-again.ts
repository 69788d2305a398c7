import { decisionAccounts } from '#adapters/decisions-table/decision-accounts.ts';
import { DecisionRecord } from '#adapters/decisions-table/stream-images.ts';
import { publishDecisions } from '#use-cases/publish/publish-decisions.ts';
import { publishingOf } from './publish-again.ts';

/** Tells the bus again which decisions the records of their table's stream hold. */
export const decisionsAgain = publishingOf(DecisionRecord, (deps) =>
  publishDecisions({ ...deps, accounts: decisionAccounts }),
);
