import { encodeDecision } from '#domain/decision/encode-decision.ts';
import { readAccount } from '#domain/decision/read-account.ts';
import type { DecisionAccounts } from '#ports/decision-accounts.ts';
import { packTexts, readText, unpackTexts } from './decision-packing.ts';

/** Accounts of decisions, packed as their records in the table are. */
export const decisionAccounts: DecisionAccounts = {
  pack: (decision) => Buffer.from(packTexts([encodeDecision(decision, 'account')])).toString('base64'),
  unpack: (account) => unpackTexts(Buffer.from(account, 'base64')).map((text) => readText(text, readAccount)),
};
