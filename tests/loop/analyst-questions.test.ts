import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DecisionAnswer } from '#domain/decision/decision-answer.ts';
import * as build from '#support/builders/catalogue-items.ts';
import { startTestCloud, type TestCloud } from '#support/cloud.ts';

// A small world of which everything is known: four customers, two offers, a week. Ana buys often and takes both offers, Ben gives an order
// back and takes one later, Cai says no and changes to the basic plan, Dee only looks.
let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startTestCloud('--now', '2026-03-02T12:00:00Z');
  await saveCatalogue();
  await playHistory();
  await cloud.settle();
  await playFirstMonday();
  await cloud.advance('P3D');
  await identify('cai', { plan: 'basic' });
  await cloud.settle();
  await cloud.advance('P4D');
  await playSecondMonday();
  await cloud.settle();
});
afterAll(() => cloud.stop());

async function save(path: string, json: object) {
  const { status, body } = await cloud.call('PUT', `/v1/${path}`, {
    key: cloud.info.adminKey,
    headers: { 'if-none-match': '*' },
    json,
  });
  expect([status, body]).toEqual([201, expect.anything()]);
}

async function saveCatalogue() {
  const segment = build.segment({ segmentId: 'gold', name: 'Gold plan', rule: 'profile.traits.plan == "gold"' });
  await save('segments/gold', segment);
  await save('offer-groups/cross-sell', build.offerGroup());
  await save('placements/web/home-hero', build.placement());
  const inbox = { placementId: 'email/weekly', touchpoint: 'email', channel: 'email', direction: 'outbound' };
  await save('placements/email/weekly', inbox);
  await save('offers/tv', build.offer());
  await save('offers/fibre', build.offer({ offerId: 'fibre', name: 'Fibre 1000' }));
  await save('treatments/tv-hero', build.treatment());
  const mail = { treatmentId: 'fibre-mail', offerId: 'fibre', channel: 'email', placements: ['email/weekly'] };
  await save('treatments/fibre-mail', build.treatment(mail));
  await save('strategies/web', build.strategy({ strategyId: 'web', placements: ['web/home-hero'] }));
  const bold = { challengers: [{ name: 'bold', share: 1 }] };
  await save('strategies/mail', build.strategy({ strategyId: 'mail', placements: ['email/weekly'], ...bold }));
  await save('kpis/acceptance', build.kpi({ windowDays: 7, target: 0.3 }));
  const value = { kpiId: 'gold-value', name: 'Value of gold', measure: 'value', currency: 'EUR' };
  await save('kpis/gold-value', build.kpi({ ...value, of: { level: 'segment', id: 'gold' } }));
  await save('kpis/reach', build.kpi({ kpiId: 'reach', name: 'Value of each', measure: 'value-per-customer' }));
}

const send = async (batch: readonly object[]) =>
  expect((await cloud.call('POST', '/v1/batch', { json: { batch } })).status).toBe(200);
const identify = (userId: string, traits: object) => send([{ type: 'identify', userId, traits }]);
const track = (userId: string, timestamp: string, event: string, properties: object, campaign?: string) => ({
  type: 'track',
  userId,
  timestamp,
  event,
  properties,
  ...(campaign === undefined ? {} : { context: { campaign: { name: campaign } } }),
});
const order = (userId: string, timestamp: string, orderId: string, revenue: number, campaign?: string) =>
  track(userId, timestamp, 'Order Completed', { order_id: orderId, revenue, currency: 'EUR' }, campaign);

async function playHistory() {
  await identify('ana', { plan: 'gold' });
  await identify('ben', { plan: 'basic' });
  await identify('cai', { plan: 'gold' });
  await identify('dee', { plan: 'basic' });
  await send([
    order('ana', '2026-01-10T09:00:00Z', 'a-1', 100, 'spring'),
    order('ana', '2026-02-10T09:00:00Z', 'a-2', 50),
    order('ben', '2026-01-20T09:00:00Z', 'b-1', 80, 'spring'),
    track('ben', '2026-02-01T09:00:00Z', 'Order Refunded', { order_id: 'b-1' }),
    order('cai', '2026-02-05T09:00:00Z', 'c-1', 200),
    ...['ana', 'ben', 'cai', 'dee'].map((who) =>
      track(who, '2026-03-01T09:00:00Z', 'Product Viewed', { product_id: 'tv' }, who === 'cai' ? 'autumn' : 'spring'),
    ),
    ...['ana', 'ben', 'cai'].map((who) => track(who, '2026-03-01T09:05:00Z', 'Product Added', { product_id: 'tv' })),
    track('ana', '2026-03-01T09:10:00Z', 'Checkout Started', {}),
  ]);
  await consent('ana', { marketing: true, 'marketing:email': true });
  await consent('ben', { marketing: true, 'marketing:email': true });
  await cloud.advance('PT1M');
  await consent('ben', { 'marketing:email': false });
  await consent('cai', { marketing: true });
}

async function consent(userId: string, json: object) {
  const { status } = await cloud.call('PUT', `/v1/customers/user_id:${userId}/consents`, { json });
  expect(status).toBe(202);
}

async function decide(userId: string, placement: string): Promise<string> {
  const { status, body } = await cloud.call('POST', '/v1/decisions', {
    key: cloud.info.adminKey,
    json: { customer: `user_id:${userId}`, placements: [placement] },
  });
  expect(status).toBe(200);
  return (body as DecisionAnswer).decisionId;
}

async function tell(decisionId: string, treatmentId: string, disposition: string, more: object = {}) {
  const json = { decisionId, treatmentId, disposition, ...more };
  const { status } = await cloud.call('POST', '/v1/dispositions', { key: cloud.info.adminKey, json });
  expect(status).toBe(200);
}

const euros = (amountMinor: number) => ({ value: { amountMinor, currency: 'EUR' } });

async function playFirstMonday() {
  const decisions: Record<string, string> = {};
  for (const who of ['ana', 'ben', 'cai', 'dee']) decisions[who] = await decide(who, 'web/home-hero');
  for (const decision of Object.values(decisions)) await tell(decision, 'tv-hero', 'presented');
  await cloud.advance('PT1H');
  await tell(decisions.ana ?? '', 'tv-hero', 'accepted', euros(4000));
  await tell(decisions.ben ?? '', 'tv-hero', 'clicked');
  await cloud.advance('PT2H');
  await tell(decisions.cai ?? '', 'tv-hero', 'rejected', { reason: 'too dear' });
  await cloud.settle();
}

async function playSecondMonday() {
  const [ana, ben] = [await decide('ana', 'web/home-hero'), await decide('ben', 'web/home-hero')];
  const mail = await decide('ana', 'email/weekly');
  await decide('ben', 'email/weekly');
  await decide('dee', 'email/weekly');
  for (const decision of [ana, ben]) await tell(decision, 'tv-hero', 'presented');
  await cloud.advance('PT5H');
  await tell(ben, 'tv-hero', 'accepted', euros(4000));
  await tell(mail, 'fibre-mail', 'converted', euros(6000));
  // What is told twice counts once.
  await tell(mail, 'fibre-mail', 'converted', euros(6000));
}

/** Each question in the words of who asks it, with its SQL and its answer: a text a row. */
const questions: readonly (readonly [asked: string, sql: string, rows: readonly string[]])[] = [
  [
    'How do treatments convert, by arm?',
    `SELECT treatment_id, arm, SUM(decisions) AS shown, SUM(accepted) + SUM(converted) AS yes,
       format('%.0f%%', 100E0 * (SUM(accepted) + SUM(converted)) / SUM(decisions)) AS rate
     FROM v_treatment_performance GROUP BY treatment_id, arm ORDER BY treatment_id`,
    ['fibre-mail bold 1 1 100%', 'tv-hero champion 6 2 33%'],
  ],
  [
    'How often do we contact customers, week by week?',
    `SELECT date_format(date_trunc('week', decided_at), '%Y-%m-%d') AS week, COUNT(*) AS contacts,
       COUNT(DISTINCT customer_id) AS customers
     FROM v_decisions WHERE result = 'shown' GROUP BY 1 ORDER BY 1`,
    ['2026-03-02 4 4', '2026-03-09 3 2'],
  ],
  [
    'Who is pressed hardest in seven days?',
    'SELECT MAX(contacts_7_days) AS most, MAX(outbound_7_days) AS most_outbound FROM v_contact_pressure',
    ['2 1'],
  ],
  [
    'What did members of a segment pay, and what did the others?',
    `SELECT COALESCE(members.segment_name, 'others') AS who, COUNT(*) AS orders, SUM(orders.net_minor) AS net
     FROM v_orders AS orders
     LEFT JOIN v_segment_membership AS members ON members.customer_id = orders.customer_id AND members.is_member
     GROUP BY 1 ORDER BY 1`,
    ['Gold plan 2 15000', 'others 2 20000'],
  ],
  [
    'Who entered a segment and who left it, day by day?',
    `SELECT change.day, COUNT_IF(change.what = 'in') AS entered, COUNT_IF(change.what = 'out') AS exited
     FROM v_segment_membership
     CROSS JOIN UNNEST(ARRAY['in', 'out'], ARRAY[CAST(entered_at AS date), CAST(exited_at AS date)]) AS change (what, day)
     WHERE change.day IS NOT NULL GROUP BY change.day ORDER BY change.day`,
    ['2026-03-02 2 0', '2026-03-05 0 1'],
  ],
  [
    'Who agrees to what, by channel?',
    `SELECT purpose, channel, COUNT_IF(is_granted) AS yes, COUNT_IF(NOT is_granted) AS no
     FROM v_consents GROUP BY purpose, channel ORDER BY purpose, channel NULLS FIRST`,
    ['marketing null 3 0', 'marketing email 1 1'],
  ],
  [
    'Where does the funnel lose customers?',
    `SELECT SUM(viewed) AS viewed, SUM(added) AS added, SUM(checked_out) AS checked_out
     FROM (
       SELECT customer_id, MAX(IF(event = 'Product Viewed', 1, 0)) AS viewed, MAX(IF(event = 'Product Added', 1, 0)) AS added,
         MAX(IF(event = 'Checkout Started', 1, 0)) AS checked_out
       FROM v_interactions WHERE occurred_at >= TIMESTAMP '2026-03-01 00:00:00' GROUP BY customer_id
     ) AS steps`,
    ['4 3 1'],
  ],
  [
    'What becomes of customers, by the month of their first purchase?',
    `SELECT date_format(first_purchase, '%Y-%m') AS cohort, COUNT(*) AS customers, COUNT_IF(orders > 1) AS came_back,
       SUM(element_at(gross_minor, 'EUR')) AS gross
     FROM v_customers WHERE first_purchase IS NOT NULL GROUP BY 1 ORDER BY 1`,
    ['2026-01 2 1 23000', '2026-02 1 0 20000'],
  ],
  [
    'Which campaigns bring the most interactions?',
    `SELECT campaign, SUM(n) AS interactions FROM v_customers CROSS JOIN UNNEST(campaigns) AS source (campaign, n)
     GROUP BY campaign ORDER BY 2 DESC LIMIT 2`,
    ['spring 5', 'autumn 1'],
  ],
  [
    'What part of the revenue is given back?',
    `SELECT currency, CAST(SUM(refunded_minor) AS double) / SUM(gross_minor) AS share FROM v_orders GROUP BY currency`,
    [`EUR ${8000 / 43_000}`],
  ],
  [
    'How does acceptance develop, and do we meet the target?',
    `SELECT MIN(day) AS since, MAX(day) AS until, value, is_met FROM v_kpis WHERE kpi_id = 'acceptance'
     GROUP BY value, is_met ORDER BY since`,
    ['2026-03-02 2026-03-08 0.25 false', `2026-03-09 2026-03-09 ${2 / 3} true`],
  ],
  [
    'What is a segment worth, and what each customer whom we reach?',
    `SELECT kpi_id, part_id, day, value FROM v_kpis
     WHERE kpi_id IN ('gold-value', 'reach') AND day IN ('2026-03-02', '2026-03-09') ORDER BY kpi_id, day`,
    [
      'gold-value gold 2026-03-02 4000.0',
      'gold-value gold 2026-03-09 10000.0',
      'reach all 2026-03-02 1000.0',
      'reach all 2026-03-09 3500.0',
    ],
  ],
  [
    'Whom did a campaign reach, and who of them bought before?',
    `SELECT interactions.campaign, COUNT(DISTINCT interactions.customer_id) AS reached,
       COUNT(DISTINCT orders.customer_id) AS buyers
     FROM v_interactions AS interactions
     LEFT JOIN v_orders AS orders ON orders.customer_id = interactions.customer_id AND orders.net_minor > 0
     WHERE interactions.campaign IS NOT NULL GROUP BY interactions.campaign ORDER BY 2 DESC`,
    ['spring 3 1', 'autumn 1 1'],
  ],
  [
    'How many hours does a yes take, and a no?',
    `SELECT response, approx_percentile(date_diff('hour', decided_at, occurred_at), ARRAY[0.5, 1.0]) AS hours
     FROM v_dispositions WHERE response IS NOT NULL GROUP BY response ORDER BY response`,
    ['false [3, 3]', 'true [5, 5]'],
  ],
  [
    'Which offers do customers of a plan take?',
    `SELECT json_extract_scalar(decisions.customer_traits['plan'], '$') AS plan, decisions.offer_name, COUNT(*) AS shown,
       COUNT(told.disposition_id) AS yes
     FROM v_decisions AS decisions
     LEFT JOIN v_dispositions AS told
       ON told.decision_id = decisions.decision_id AND told.treatment_id = decisions.treatment_id AND told.response
     WHERE decisions.result = 'shown' GROUP BY 1, 2 ORDER BY 1, 2`,
    ['basic Sport channels 4 1', 'gold Fibre 1000 1 1', 'gold Sport channels 2 1'],
  ],
  [
    'Why was an e-mail not sent?',
    `SELECT result, COUNT(*) AS n FROM v_decisions WHERE placement_id = 'email/weekly' GROUP BY result ORDER BY result`,
    ['consent_refused 1', 'no_consent 1', 'shown 1'],
  ],
  [
    'What do customers say who turn an offer down?',
    `SELECT offer_name, listagg(reason, ', ') WITHIN GROUP (ORDER BY reason) AS reasons
     FROM v_dispositions WHERE disposition = 'rejected' GROUP BY offer_name`,
    ['Sport channels too dear'],
  ],
];

test('has at least fifteen questions', () => {
  expect(questions.length).toBeGreaterThanOrEqual(15);
});

test.each(questions)('%s', async (_asked, sql, rows) => {
  const answered = await cloud.query(sql);
  expect(answered.map((row) => Object.values(row).map(String).join(' '))).toEqual(rows);
});

test('holds the consents that the live profile holds', async () => {
  const held = await cloud.query(
    `SELECT customer_id, purpose || COALESCE(':' || channel, '') AS purpose, is_granted, said_at FROM v_consents ORDER BY 2`,
  );
  for (const who of ['ana', 'ben', 'cai', 'dee']) {
    const { body } = await cloud.call('GET', `/v1/customers/user_id:${who}`, { key: cloud.info.adminKey });
    const { customerId, consents } = Object(body);
    const own = held.filter(({ customer_id }) => customer_id === customerId);
    expect(
      own.map(({ purpose, is_granted, said_at }) => ({
        purpose,
        granted: is_granted === 'true',
        at: `${String(said_at).replace(' ', 'T')}Z`,
      })),
    ).toEqual(consents);
  }
});
