import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { dynamoCatalogue } from '#adapters/catalogue-table/dynamo-catalogue.ts';
import { dynamoDecisionReads } from '#adapters/customers-table/dynamo-decision-reads.ts';
import { dynamoDecisions } from '#adapters/decisions-table/dynamo-decisions.ts';
import { identityKeyOf } from '#adapters/secrets-manager/secret-identity-key.ts';
import { readCatalogue } from '#domain/catalogue/catalogue.ts';
import type { Decision } from '#domain/decision/decision.ts';
import { decisionPlan } from '#domain/decision/decision-plan.ts';
import { decisionIdOf } from '#handlers/decide/make-decision/decision-id.ts';
import { localTarget, outputOf } from '#scripts/target/target.ts';
import { question, testMaker } from '#support/builders/decision-maker.ts';
import type { TestCloud } from './cloud.ts';

/** Makes decisions in a cloud's tables at times and under names that the caller says. */
export interface FixedDecisions {
  /** What `make-decision` answers to an `Idempotency-Key` at a moment; a preview counts and records nothing. */
  decide(asked: {
    readonly name: string;
    readonly personaId: string;
    readonly placements: readonly string[];
    readonly atMs: number;
    readonly isPreview?: boolean;
  }): Promise<Decision>;
  stop(): void;
}

/**
 * The maker of `make-decision` on the cloud's tables and catalogue with the time and the id given, so that two clouds can be
 * asked the very same. Models know nothing: theirs is what the firm learned, not what is known of a customer.
 */
export async function fixedDecisions({ info }: TestCloud): Promise<FixedDecisions> {
  const target = localTarget(info);
  const client = new DynamoDBClient(target.client);
  const [customers, decisions] = [outputOf(target, 'CustomersTableName'), outputOf(target, 'DecisionsTableName')];
  const { items, revision } = await dynamoCatalogue(client, outputOf(target, 'CatalogueTableName')).load();
  const ids = identityKeyOf('k'.repeat(64));
  const plan = decisionPlan(readCatalogue(items, revision));
  return {
    decide({ name, personaId, placements, atMs, isPreview = false }) {
      const maker = testMaker(client, customers, {
        reads: dynamoDecisionReads(client, { customers, decisions }),
        decisions: dynamoDecisions(client, decisions),
        now: () => atMs,
      });
      const asked = question(personaId, placements, {
        decisionId: decisionIdOf(ids, 'test', name),
        isRepeatable: true,
      });
      return maker.decideOne(plan, { ...asked, request: { ...asked.request, preview: isPreview, explain: true } });
    },
    stop: () => client.destroy(),
  };
}
