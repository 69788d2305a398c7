import * as z from 'zod';
import { runQuery } from '#scripts/athena/athena-query.ts';
import { basicAuth } from '#scripts/target/basic-auth.ts';
import { type LocalCloud, localTarget } from '#scripts/target/target.ts';
import type { WorldEvent } from './event.ts';
import { showDecision } from './show-decision.ts';
import { trueTastes } from './true-rates.ts';

const Customer = z.object({
  customerId: z.string(),
  interactions: z.object({ total: z.int() }),
  purchases: z.array(z.object({ currency: z.string(), orders: z.int(), revenueMinor: z.int() })),
  interests: z.object({ categories: z.array(z.object({ id: z.string(), score: z.number() })) }),
  sessions: z.object({ count: z.int() }),
});

const salesSql = `SELECT currency, count(*) AS orders, sum(net_minor) AS net_minor, count(DISTINCT customer_id) AS customers
FROM v_orders
GROUP BY currency`;

// All of one time: what was expected while models began to learn is another thing than what they expect by now. What a yes is, is
// the offer's goal.
const performanceSql = `SELECT treatment_id, sum(presented) AS presented,
       round(sum(response_rate * decisions)) AS yeses,
       round(sum(response_rate * decisions) / sum(decisions), 3) AS rate,
       round(sum(expected_rate * decisions) / sum(decisions), 3) AS expected
FROM v_treatment_performance
WHERE date(day) > date_add('day', -28, current_date)
GROUP BY treatment_id
ORDER BY treatment_id`;

/** Shows what became of a played world: three live profiles, two Athena queries, a decision, and where to go on. */
export async function showTour(cloud: LocalCloud, events: readonly WorldEvent[]): Promise<void> {
  const userIds = [...new Set(events.map(({ message }) => String(message.userId)))].slice(0, 3);
  console.log('\nThree of the live profiles (DynamoDB, GET /v1/customers/user_id:…):');
  console.table(await Promise.all(userIds.map((userId) => profileRow(cloud, userId))));
  console.log(`\nThe same interactions in the lake (S3, Athena):\n\n${salesSql}\n`);
  const { rows } = await runQuery(localTarget(cloud), salesSql);
  console.table(rows);
  await showPerformance(cloud);
  await showDecision(cloud, userIds);
  console.log(nextSteps(cloud, userIds[0] ?? ''));
}

/** What came of the treatments that were shown, beside the truth that the world was played with; nothing where none was shown. */
async function showPerformance(cloud: LocalCloud): Promise<void> {
  const { rows } = await runQuery(localTarget(cloud), performanceSql);
  if (rows.length === 0) return;
  console.log(
    '\nWhat came of what was shown in four weeks, what models expected of it, and the rate that it was played with:\n',
  );
  console.log(`${performanceSql}\n`);
  console.table(rows.map((row) => ({ ...row, 'true rate': trueTastes[row.treatment_id ?? '']?.rate })));
}

async function profileRow(cloud: LocalCloud, userId: string) {
  const response = await fetch(`${cloud.url}/v1/customers/user_id:${encodeURIComponent(userId)}`, {
    headers: { authorization: basicAuth(cloud.adminKey) },
  });
  if (!response.ok) throw new Error(`Reading ${userId} answered ${response.status}: ${await response.text()}`);
  const customer = Customer.parse(await response.json());
  return {
    user_id: userId,
    interactions: customer.interactions.total,
    sessions: customer.sessions.count,
    orders: customer.purchases.map(({ orders }) => orders).join(', '),
    revenue: customer.purchases
      .map(({ revenueMinor, currency }) => `${(revenueMinor / 100).toFixed(2)} ${currency}`)
      .join(', '),
    'likes most': customer.interests.categories[0]?.id ?? '',
  };
}

function nextSteps({ url, writeKey, adminKey, awsEndpoint }: LocalCloud, userId: string): string {
  return `
Where to go next
  read a customer    curl -u ${adminKey}: ${url}/v1/customers/user_id:${userId}
  its timeline       curl -u ${adminKey}: '${url}/v1/customers/user_id:${userId}/timeline?limit=5'
  send an event      curl -u ${writeKey}: ${url}/v1/track -d '{"userId":"me","event":"Order Completed","properties":{"revenue":9.99,"currency":"EUR"}}'
  its offers         npm run catalogue -- pull my-catalogue   # edit a file, then push it
  decide             curl -u ${adminKey}: ${url}/v1/decisions -d '{"customer":"user_id:${userId}","placements":["web/home-hero"],"explain":true}'
  ask the lake       npm run athena -- "SELECT event, count(*) AS n FROM v_interactions GROUP BY event ORDER BY n DESC"
  any AWS SDK or CLI endpoint ${awsEndpoint} (keys in .local/cloud.json)
  the API            ${url}/v1/openapi.json`;
}
