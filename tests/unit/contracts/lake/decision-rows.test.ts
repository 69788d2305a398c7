import { describe, expect, test } from 'vitest';
import { decisionToRows } from '#contracts/lake/decisions/decision-rows.ts';
import { DecisionRow } from '#contracts/lake/decisions/decisions-table.ts';
import { saved } from '#support/builders/catalogue-items.ts';
import { decisionFacts, offersNamed, outcomes, propensities } from '#support/builders/decision.ts';

const items = [
  ...offersNamed(['tv', 'fibre']),
  saved('offers', { offerId: 'old', state: 'paused' }),
  saved('treatments', { treatmentId: 'old-hero', offerId: 'old' }),
  saved('placements', { placementId: 'web/footer', limit: 3 }),
  saved('budgets'),
  saved('offers', { offerId: 'call', name: 'The call' }),
  saved('treatments', { treatmentId: 'call-hero', offerId: 'call', uses: [{ budgetId: 'mails', amount: 2 }] }),
];

function rows(over: Parameters<typeof decisionFacts>[1] = {}) {
  const facts = decisionFacts(items, {
    propensities: () => propensities({ 'tv-hero': { mean: 1, variance: 0 } }),
    budgets: new Map([['mails', { left: 10, price: 3 }]]),
    ...over,
  });
  return decisionToRows(outcomes(facts, { placements: ['web/home-hero', 'web/footer'] }).decision);
}

/** What the lists of a row say of a treatment. */
function of(row: DecisionRow | undefined, treatmentId: string) {
  const place = row?.treatment_ids.indexOf(treatmentId) ?? -1;
  return (name: keyof DecisionRow) => {
    const list = row?.[name];
    return Array.isArray(list) ? list[place] : undefined;
  };
}

describe('the rows of a decision', () => {
  test('are one a placement, and fit the table', () => {
    const made = rows();
    expect(made.map(({ placement_id, treatment_limit }) => [placement_id, treatment_limit])).toEqual([
      ['web/home-hero', 1],
      ['web/footer', 3],
    ]);
    for (const row of made) expect(DecisionRow.parse(row)).toEqual(row);
    expect(made[1]?.treatment_ids).toEqual([]);
  });

  test('have lists of one length, a place for each candidate', () => {
    const [row] = rows();
    const lists = Object.entries(row ?? {}).filter(([name, value]) => Array.isArray(value) && name !== 'degraded');
    expect(lists).toHaveLength(17);
    expect(new Set(lists.map(([, list]) => (Array.isArray(list) ? list.length : 0)))).toEqual(new Set([4]));
  });

  test('say what was shown, and of all others why not and whose word it was', () => {
    const [row] = rows();
    expect(of(row, 'tv-hero')('results')).toBe('shown');
    expect(of(row, 'tv-hero')('ranks')).toBe(1);
    expect(of(row, 'fibre-hero')('results')).toBe('outranked');
    expect([of(row, 'old-hero')('results'), of(row, 'old-hero')('ranks')]).toEqual(['paused', null]);
    const [short] = rows({ budgets: new Map([['mails', { left: 1, price: 3 }]]) });
    expect([of(short, 'call-hero')('results'), of(short, 'call-hero')('result_sources')]).toEqual([
      'budget_exhausted',
      'mails',
    ]);
  });

  test('have the numbers of what reached arbitration, and null for what did not', () => {
    const [row] = rows();
    const call = of(row, 'call-hero');
    expect(
      ['propensities', 'posterior_means', 'values_minor', 'levers', 'shadow_costs_minor'].map((name) =>
        call(name as keyof DecisionRow),
      ),
    ).toEqual([0.5, 0, 4000, 1, 6]);
    expect(call('scores')).toBe(1994);
    for (const name of ['propensities', 'scores', 'probabilities', 'costs_minor'] as const) {
      expect(of(row, 'old-hero')(name)).toBeNull();
    }
  });

  test('keep six digits of what analysts compare', () => {
    const [row] = rows();
    expect(of(row, 'tv-hero')('propensities')).toBe(0.841345);
  });

  test('say what could not be read', () => {
    expect(rows({ modelsRead: false, budgets: new Map() }).map(({ degraded }) => degraded)).toEqual([
      ['models', 'budgets'],
      ['models', 'budgets'],
    ]);
  });
});
