import * as z from 'zod';
import { basicAuth } from '#scripts/target/basic-auth.ts';
import type { LocalCloud } from '#scripts/target/target.ts';

const Answer = z.object({
  decisionId: z.string(),
  treatments: z.array(z.object({ treatmentId: z.string(), propensity: z.number(), score: z.number() })),
  explanation: z.object({ text: z.array(z.string()) }),
});

const asked = { placements: ['web/home-hero', 'app/start-card'], explain: true };

/** Decides for the first of some customers to whom something is shown, and prints what and why. */
export async function showDecision(cloud: LocalCloud, userIds: readonly string[]): Promise<void> {
  for (const userId of userIds) {
    const { treatments, explanation } = await decide(cloud, userId);
    if (treatments.length === 0) continue;
    console.log(`\nWhat to show ${userId} now (POST /v1/decisions), counted, recorded and explained:`);
    console.table(
      treatments.map(({ treatmentId, propensity, score }) => ({
        treatment: treatmentId,
        propensity: propensity.toFixed(3),
        score: score.toFixed(0),
      })),
    );
    for (const sentence of explanation.text) console.log(`  ${sentence}`);
    return;
  }
}

async function decide({ url, adminKey }: LocalCloud, userId: string): Promise<z.infer<typeof Answer>> {
  const response = await fetch(`${url}/v1/decisions`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: basicAuth(adminKey),
    },
    body: JSON.stringify({ customer: `user_id:${userId}`, ...asked }),
  });
  if (!response.ok) throw new Error(`Deciding for ${userId} answered ${response.status}: ${await response.text()}`);
  return Answer.parse(await response.json());
}
