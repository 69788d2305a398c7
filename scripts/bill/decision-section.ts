import { againstGoal } from '#scripts/bench/bench-row.ts';
import { markdownTable } from '#scripts/bench/table.ts';
import { priceOf } from '#scripts/prices/us-east-1.ts';
import type { MeasuredDecisions } from './decision-load.ts';
import type { Usage } from './meter-client.ts';
import { billOf, sumOf } from './price-usage.ts';
import { titleOf } from './sections.ts';

/** The bill of a million decisions, and the calls that each makes. */
export function decisionSection({ load, reading, shown }: MeasuredDecisions): readonly string[] {
  const { decisions, goal, rate } = load;
  const lines = billOf(reading.usage, {
    name: load.name,
    events: decisions,
    eventsARequest: 1,
    eventsACustomer: 1,
    rate,
  });
  const sum = sumOf(lines);
  const { verdict } = againstGoal(sum, { atMost: goal }, 'USD');
  return [
    `## A million decisions ${load.asked}: ${sum.toFixed(2)} USD`,
    `${decisions} decisions of the example catalogue about customers who came before, with budgets for a million a day, at ${rate} a second; ${shown} showed a treatment. Goal: ${goal.toFixed(2)} USD; ${verdict}.`,
    '',
    ...markdownTable(
      ['service', 'units', 'USD'],
      [
        ...lines
          .filter(({ usd }) => usd >= 0.0005)
          .map(({ service, unit, amount, usd }) => {
            const price = priceOf(service, unit);
            return [
              titleOf(service),
              `${Number((amount / price.per).toPrecision(3))} × ${price.perName}`,
              usd.toFixed(4),
            ];
          }),
        ['**sum**', '', `**${sum.toFixed(4)}**`],
      ],
    ),
    '',
    `Each decision made ${callsText(reading.usage, load.functionName, decisions)}.`,
  ];
}

function callsText(usage: readonly Usage[], caller: string, decisions: number): string {
  const own = usage.filter((one) => one.caller === caller && one.service === 'dynamodb');
  const reads = own.filter(({ unit }) => unit === 'read-request-units');
  const writes = own.filter(({ unit }) => unit === 'write-request-units');
  const mean = (all: readonly Usage[], of: (one: Usage) => number) =>
    (all.reduce((sum, one) => sum + of(one), 0) / decisions).toFixed(2);
  return [
    `${mean(reads, ({ calls }) => calls)} reads (${mean(reads, ({ amount }) => amount)} units)`,
    `${mean(writes, ({ calls }) => calls)} writes (${mean(writes, ({ amount }) => amount)} units)`,
  ].join(' and ');
}
