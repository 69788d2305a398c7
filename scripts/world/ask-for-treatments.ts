import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { v7 as uuidv7 } from 'uuid';
import * as z from 'zod';
import { readIdentityKey } from '#adapters/secrets-manager/secret-identity-key.ts';
import type { Touchpoint } from '#domain/vocabulary/touchpoint.ts';
import { basicAuth } from '#scripts/target/basic-auth.ts';
import { localSignature } from '#scripts/target/local-signature.ts';
import { type LocalCloud, localTarget, outputOf } from '#scripts/target/target.ts';
import type { Stage } from './play.ts';
import { postJson } from './post-json.ts';

/** A treatment that a customer is shown. */
export interface Shown {
  readonly touchpoint: Touchpoint;
  readonly userId: string;
  readonly decisionId: string;
  readonly treatmentId: string;
}

/** A customer at a touchpoint that has something to show. */
export interface Visit {
  readonly touchpoint: Touchpoint;
  readonly placement: string;
  readonly userId: string;
}

/** How touchpoints of a world ask what to show. */
export interface TreatmentAsker {
  /** For one customer, through the API, as a page or a desk asks. */
  ofVisit(visit: Visit, context: object): Promise<Shown[]>;
  /** For many, as the weekly e-mail asks. */
  ofMailing(userIds: readonly string[]): Promise<Shown[]>;
}

const Decided = z.object({ decisionId: z.string(), treatments: z.array(z.object({ treatmentId: z.string() })) });
const Batch = z.object({ decisions: z.array(Decided) });
/** A batch takes 256 at most. */
const customersABatch = 250;

export async function treatmentAsker(cloud: LocalCloud, stage: Stage): Promise<TreatmentAsker> {
  const target = localTarget(cloud);
  const secrets = new SecretsManagerClient(target.client);
  const key = await readIdentityKey(secrets, outputOf(target, 'IdentityKeySecretArn'));
  secrets.destroy();
  const batchFunction = outputOf(target, 'DecideBatchFunctionName');

  return {
    async ofVisit({ touchpoint, placement, userId }, context) {
      const decided = await postJson(
        `${stage.url}/v1/decisions`,
        { customer: `user_id:${userId}`, placements: [placement], context },
        // Asked again, it is the same question.
        { authorization: basicAuth(stage.keyOf(touchpoint)), 'idempotency-key': uuidv7() },
      );
      return shownIn(Decided.parse(decided), touchpoint, userId);
    },
    async ofMailing(userIds) {
      const shown: Shown[] = [];
      for (let index = 0; index < userIds.length; index += customersABatch) {
        const some = userIds.slice(index, index + customersABatch);
        const answer = await postJson(
          `${cloud.awsEndpoint}/2015-03-31/functions/${batchFunction}/invocations`,
          {
            batchId: uuidv7(),
            touchpoint: 'email',
            placements: ['email/newsletter'],
            customerIds: some.map((userId) => key.personaId('user_id', userId)),
          },
          { authorization: localSignature(cloud) },
        );
        const { decisions } = Batch.parse(answer);
        shown.push(...decisions.flatMap((decided, place) => shownIn(decided, 'email', some[place] ?? '')));
      }
      return shown;
    },
  };
}

function shownIn({ decisionId, treatments }: z.output<typeof Decided>, touchpoint: Touchpoint, userId: string) {
  return treatments.map(({ treatmentId }): Shown => ({ touchpoint, userId, decisionId, treatmentId }));
}
