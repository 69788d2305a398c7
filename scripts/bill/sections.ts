import { markdownTable } from '#scripts/bench/table.ts';
import { listPrices, type Price, priceOf } from '#scripts/prices/us-east-1.ts';
import { freeDashboardMetrics, type IdleLine } from './idle-cost.ts';
import { levers } from './levers.ts';
import type { MeasuredLoad } from './measure-load.ts';
import { amountOf, type Usage } from './meter-client.ts';
import { type BillLine, billOf, costOf, sumOf } from './price-usage.ts';
import { customersOf, type ReferenceLoad } from './reference-load.ts';

/** Goals beside those of a load: write units of a typical profile update, USD a month of an idle stage. */
export const goals = { writeUnits: 2, idle: 5 };

const titles: Readonly<Record<string, string>> = {
  apigateway: 'HTTP API',
  athena: 'Athena',
  dynamodb: 'DynamoDB',
  'dynamodb-streams': 'DynamoDB Streams',
  events: 'EventBridge',
  firehose: 'Firehose',
  glue: 'Glue',
  lambda: 'Lambda',
  logs: 'CloudWatch Logs',
  s3: 'S3',
  secretsmanager: 'Secrets Manager',
  sqs: 'SQS',
  xray: 'X-Ray',
};
/** What AWS calls a service. */
export const titleOf = (service: string) => titles[service] ?? service;

/** The bill of a load for a million events, what bounds it, and what would make it smaller. */
export function loadSection(
  { load, reading, firstVisits, personaBytes }: MeasuredLoad,
  goal: number,
): readonly string[] {
  const { usage } = reading;
  const lines = billOf(usage, load);
  const sum = sumOf(lines);
  const shape =
    load.eventsARequest > 1
      ? `in batches of ${load.eventsARequest} with ${load.eventsACustomer} a customer`
      : 'one by one';
  const worst = dearest(lines).map(({ service, usd }) => `${titleOf(service)} ${dollars(usd)}`);
  return [
    `## A million events ${shape}: ${dollars(sum)} USD`,
    `${thousands(load.events)} events were played at ${load.rate} a second. Goal: ${dollars(goal)} USD; ${verdict(sum, goal)}. Most of it: ${worst.join(', ')}.`,
    '',
    ...markdownTable(
      ['service', 'units', 'price, USD', 'USD'],
      [
        ...lines
          .filter(({ usd }) => usd >= 0.00005)
          .map(({ service, unit, amount, usd }) => {
            const price = priceOf(service, unit);
            return [
              titleOf(service),
              `${quantity(amount / price.per)} × ${price.perName}`,
              String(price.usd),
              usd.toFixed(4),
            ];
          }),
        ['**sum**', '', '', `**${sum.toFixed(4)}**`],
      ],
    ),
    '',
    newCustomers(load, firstVisits, sum),
    '',
    ...profileLines(usage, personaBytes),
    '',
    ...functionTable(load, usage),
    '',
    'The largest levers, USD for a million events (they overlap):',
    ...levers(usage, load)
      .slice(0, 6)
      .map(({ change, usd }, index) => `${index + 1}. ${change}: ${dollars(usd)}`),
  ];
}

/** The services that a bill is mostly made of, at most three. */
export function dearest(lines: readonly BillLine[]): readonly { readonly service: string; readonly usd: number }[] {
  return [...Map.groupBy(lines, ({ service }) => service)]
    .map(([service, own]) => ({ service, usd: sumOf(own) }))
    .sort((a, b) => b.usd - a.usd)
    .slice(0, 3);
}

/** Customers were known when the load began: what being new costs is said apart, because it happens once. */
function newCustomers(load: ReferenceLoad, firstVisits: readonly Usage[], sum: number): string {
  const visits = { ...load, events: customersOf(load) };
  const first = sumOf(billOf(firstVisits, visits));
  const usual = sum * load.eventsACustomer;
  return `The customers were known. A million first visits of ${load.eventsACustomer} events cost ${dollars(first)} USD, later ones ${dollars(usual)}: a new customer costs ${dollars(first - usual)} USD a million.`;
}

/** What a stage costs while nothing happens. */
export function idleSection(lines: readonly IdleLine[]): readonly string[] {
  const sum = lines.reduce((total, { count, each }) => total + count * each, 0);
  const dashboards = lines
    .filter(({ what }) => what.startsWith('dashboards'))
    .reduce((total, { count, each }) => total + count * each, 0);
  return [
    `## A month without events: ${dollars(sum)} USD`,
    `Goal: ${dollars(goals.idle)} USD; ${verdict(sum, goals.idle)}. ${dashboardNote(dashboards)}`,
    '',
    ...markdownTable(
      ['what', 'count', 'USD each', 'USD'],
      lines.map(({ what, count, each }) => [
        what,
        thousands(count),
        String(Number(each.toPrecision(3))),
        dollars(count * each),
      ]),
    ),
  ];
}

function dashboardNote(dashboards: number): string {
  const { usd } = listPrices.monthly.dashboard;
  return dashboards > 0
    ? `In an account with no more than three dashboards it is ${dollars(dashboards)} less.`
    : `A stage with \`dashboard: true\`, as prod has it, costs ${dollars(usd)} more in an account that has three dashboards already, which are free with up to ${freeDashboardMetrics} metrics each.`;
}

/** Which prices were compared with something, and which were not. */
export function priceSection(): readonly string[] {
  const prices: readonly Price[] = listPrices.prices;
  const monthly: readonly (readonly [string, { readonly usd: number; readonly checked?: string }])[] = Object.entries(
    listPrices.monthly,
  );
  const unchecked = [
    ...prices.filter(({ checked }) => checked === undefined).map(({ usd, perName }) => `${usd} per ${perName}`),
    ...monthly
      .filter(([, { checked }]) => checked === undefined)
      .map(([name, { usd }]) => `${usd} a month per ${name}`),
  ];
  return [
    '## Prices',
    `In \`scripts/prices/us-east-1.ts\`. Not compared with a published source: ${unchecked.join('; ')}.`,
  ];
}

/** What a real bill has besides. */
export function notMetered(): readonly string[] {
  return [
    '## Not metered',
    '- Storage: DynamoDB and its point-in-time recovery, S3, archives, logs, secrets’ versions. It grows with what is kept, not with events a month.',
    '- Data transfer: answers to the internet; within a region and into AWS it is free for these services.',
    '- Athena’s own GETs on the lake, and its columns: whole files are counted. Its LISTs are.',
    '- Lambda’s time on AWS: the handler’s waiting is this machine’s, its computing is stretched to the CPU share of the function’s memory. The local DynamoDB writes one item after another, and a busy machine waits longer: both make this an upper bound.',
    '- Empty receives of the queue while events come: they are in the idle cost.',
    '- Traces are an upper bound: each function counts as the root of its own. They depend on the pace: Lambda traces the first invocation in each second and 5 % of the others, so a stage that sees less than one event a second is traced whole, at 5 USD per million invocations of each function.',
  ];
}

/** Write units of a profile update, on average. */
export function writeUnitsOf(usage: readonly Usage[]): number {
  const writes = usage.filter(
    ({ operation, unit }) =>
      (operation === 'TransactWriteItems' || operation === 'PutItem') && unit === 'write-request-units',
  );
  const calls = writes.reduce((sum, one) => sum + one.calls, 0);
  return amountOf(writes) / Math.max(1, calls);
}

function profileLines(usage: readonly Usage[], personaBytes: number): readonly string[] {
  const units = writeUnitsOf(usage);
  return [
    `A profile update takes ${units.toFixed(2)} write units (goal: ${goals.writeUnits}; ${verdict(units, goals.writeUnits)}): its item has ${personaBytes.toFixed(0)} bytes on average, of days and orders too; when these outgrow it, the oldest move out in a transaction, which counts twice.`,
  ];
}

function functionTable(load: ReferenceLoad, usage: readonly Usage[]): readonly string[] {
  const own = usage.filter(({ service }) => service === 'lambda' || service === 'logs' || service === 'xray');
  const rows = [...Map.groupBy(own, ({ caller }) => caller)].map(([caller, all]) => {
    const of = (service: string) => all.filter((one) => one.service === service);
    const invocations = amountOf(of('lambda').filter(({ unit }) => unit === 'requests'));
    const seconds = amountOf(of('lambda').filter(({ unit }) => unit === 'gb-seconds'));
    return {
      caller,
      usd: costOf(all, load),
      cells: [
        thousands((invocations * 1e6) / load.events),
        invocations === 0 ? '' : (seconds / invocations).toFixed(4),
        ...['lambda', 'logs', 'xray'].map((service) => costOf(of(service), load).toFixed(4)),
      ],
    };
  });
  return markdownTable(
    ['function', 'invocations', 'GB-s each', 'Lambda USD', 'logs USD', 'X-Ray USD'],
    rows.sort((a, b) => b.usd - a.usd).map(({ caller, cells }) => [`\`${caller}\``, ...cells]),
  );
}

const dollars = (usd: number) => usd.toFixed(2);
const thousands = (count: number) => Math.round(count).toLocaleString('en-GB');
const quantity = (amount: number) => (amount >= 1000 ? thousands(amount) : String(Number(amount.toPrecision(3))));
const verdict = (value: number, goal: number) =>
  value <= goal ? 'met' : `missed by ${dollars(value - goal)}, ${(value / goal).toFixed(1)} times the goal`;
