import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { readCatalogue } from '#domain/catalogue/catalogue.ts';
import { namesInUse } from '#domain/catalogue/names-in-use.ts';
import { truthReader } from '#domain/rule/evaluator.ts';
import { compileRule } from '#domain/rule/rule.ts';
import { ruleFunctions } from '#domain/rule/rule-functions.ts';
import { ruleToSql } from '#domain/rule/rule-to-sql.ts';
import { saved } from '#support/builders/catalogue-items.ts';
import { ruleFacts } from '#support/builders/rule-facts.ts';
import { customerRow, landCustomers } from '#support/customer-table.ts';
import { ask, startEventLake } from '#support/local-lake.ts';
import { caseNowMs, ruleProfile, ruleText } from '#support/rule-cases.ts';
import { averageOrder } from '#support/worked-examples/average-order.ts';

/** A copy of the list with the guide's line in it; nothing else is replaced. */
vi.mock('#domain/rule/rule-functions.ts', async (original) => {
  const list = await original<typeof import('#domain/rule/rule-functions.ts')>();
  const { averageOrder } = await import('#support/worked-examples/average-order.ts');
  return { ruleFunctions: [...list.ruleFunctions, averageOrder] };
});

const limit = 'average_order("EUR") >= 2500';
const rules = [limit, 'has(profile.traits.plan) && !(average_order("JPY") < 100 * average_order("EUR"))'];

function compiled(source: string) {
  const made = compileRule(source);
  if (made.kind === 'invalid') throw new Error(`${source}: ${JSON.stringify(made.faults)}`);
  return made.rule.expression;
}

test('a rule that calls it says in SQL what it says live', async () => {
  const lake = await startEventLake();
  const profiles = fc.sample(ruleProfile, { numRuns: 300, seed: 1 });
  await landCustomers(
    lake,
    profiles.map((profile, index) => customerRow(String(index), profile)),
  );
  const columns = rules.map((source) => {
    const made = ruleToSql(compiled(source), { nowMs: caseNowMs });
    return made.kind === 'sql' ? made.condition : made.reason;
  });
  const { reason, rows } = await ask(
    lake,
    `SELECT ${columns.join(', ')} FROM customers ORDER BY CAST(customer_id AS bigint)`,
  );
  await lake.stop();
  expect(reason).toBe('');
  const live = profiles.map((profile) =>
    rules.map((source) => truthReader(compiled(source))(ruleFacts({ profile, nowMs: caseNowMs }))?.toString()),
  );
  expect(rows.map((row) => row.map((answer) => answer ?? undefined))).toEqual(live);
  expect(new Set(live.map(([first]) => first))).toEqual(new Set(['true', 'false', undefined]));
});

test('its faults are told where they are, and it is among those that there are', () => {
  const fault = (source: string) => compileRule(source);
  expect(fault('average_order("EURO") > 1')).toMatchObject({
    faults: [{ message: 'Expected a currency of ISO 4217, as "EUR"', column: 15, length: 6 }],
  });
  expect(fault('average_order() > 1')).toMatchObject({
    faults: [{ message: 'Expected other arguments, as in average_order("EUR")' }],
  });
  expect(fault('mean_order("EUR") > 1')).toMatchObject({
    faults: [{ message: expect.stringMatching(/average_order\(\)$/) }],
  });
});

test('profiles keep the names that it asks for', () => {
  const names = namesInUse(readCatalogue([saved('segments', { rule: limit })]));
  expect([names('currencies', 'EUR'), names('currencies', 'USD')]).toEqual([true, false]);
});

test('every other function is called in the rules that the law of SQL is tried on', () => {
  const sources = fc.sample(ruleText, { numRuns: 2000, seed: 1 }).join('\n');
  expect(uncalledIn(sources)).toEqual([averageOrder]);
});

test('every other function is explained to those who write rules', () => {
  expect(uncalledIn(readFileSync('docs/rules.md', 'utf8'))).toEqual([averageOrder]);
});

function uncalledIn(text: string) {
  const calls = new Set(text.match(/\.?\b[A-Za-z_]+(?=\()/g));
  return ruleFunctions.filter(({ name, isMethod }) => !calls.has(isMethod ? `.${name}` : name));
}
