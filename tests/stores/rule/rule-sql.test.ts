import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { truthReader } from '#domain/rule/evaluator.ts';
import { compileRule, type Rule } from '#domain/rule/rule.ts';
import type { RuleProfile } from '#domain/rule/rule-profile.ts';
import { ruleToSql } from '#domain/rule/rule-to-sql.ts';
import { compileSegments, segmentRules } from '#domain/segment/compiled-segments.ts';
import { membersOf } from '#domain/segment/segments-of.ts';
import { customerRow, landCustomers } from '#support/customer-table.ts';
import { ask, type LocalLake, startEventLake } from '#support/local-lake.ts';
import { caseNowMs, caseSegments, ruleProfile, ruleText } from '#support/rule-cases.ts';
import { sizeOf } from '#support/size-of.ts';

/** Pairs of a rule and a profile. */
const pairs = sizeOf({ part: 10_000, whole: 200_000 });
const seed = Number(process.env.RULE_SEED ?? 1);
const profileCount = 500;
const batchOf = 10;

const segments = compileSegments(caseSegments);
const profiles: readonly RuleProfile[] = fc.sample(ruleProfile, { numRuns: profileCount, seed });
const rules: readonly Rule[] = fc.sample(ruleText, { numRuns: Math.ceil(pairs / profileCount), seed }).map((source) => {
  const made = compileRule(source);
  if (made.kind === 'invalid') throw new Error(`${source}: ${JSON.stringify(made.faults)}`);
  return made.rule;
});
let lake: LocalLake;

beforeAll(async () => {
  lake = await startEventLake();
  await landCustomers(
    lake,
    profiles.map((profile, index) => customerRow(String(index), profile)),
  );
});
afterAll(() => lake.stop());

test(`a rule is true, false or unknown in SQL as it is live, for ${pairs} pairs of a rule and a profile`, async () => {
  const facts = profiles.map((profile) => ({
    profile,
    context: {},
    segments: membersOf(segments, profile, caseNowMs),
    nowMs: caseNowMs,
  }));
  const mismatches: unknown[] = [];
  const answers = { true: 0, false: 0, unknown: 0 };
  for (let from = 0; from < rules.length; from += batchOf) {
    const batch = rules.slice(from, from + batchOf);
    for (const [index, inColumn] of (await inSql(batch)).entries()) {
      const rule = batch[index];
      if (rule === undefined) throw new Error('More columns than rules');
      const ask = truthReader(rule.expression);
      const live = facts.map((each) => nameOf(ask(each)));
      for (const answer of live) answers[answer] += 1;
      const row = live.findIndex((answer, at) => answer !== inColumn[at]);
      if (row === -1 && inColumn.length === live.length) continue;
      mismatches.push({ rule: rule.source, profile: profiles[row], live: live[row], sql: inColumn[row] });
    }
  }
  console.info(
    `${rules.length} rules and ${profileCount} profiles: ${mismatches.length} rules with mismatches`,
    answers,
  );
  expect(mismatches).toEqual([]);
  const compared = answers.true + answers.false + answers.unknown;
  expect(compared).toBe(rules.length * profileCount);
  expect(Math.min(...Object.values(answers))).toBeGreaterThan(compared / 10);
}, 3_600_000);

const nameOf = (answer: boolean | undefined) => (answer === undefined ? 'unknown' : answer ? 'true' : 'false');

/** For each rule its answers by profile. */
async function inSql(batch: readonly Rule[]): Promise<string[][]> {
  const columns = batch.map(({ expression }, index) => {
    const made = ruleToSql(expression, { nowMs: caseNowMs, segments: segmentRules(segments) });
    if (made.kind !== 'sql') throw new Error(made.reason);
    return `${made.condition} AS r${index}`;
  });
  const { reason, rows } = await ask(
    lake,
    `SELECT ${columns.join(', ')} FROM customers ORDER BY CAST(customer_id AS bigint)`,
  );
  if (reason.startsWith('QUERY_TEXT_TOO_LARGE') && batch.length > 1) {
    const half = Math.ceil(batch.length / 2);
    return [...(await inSql(batch.slice(0, half))), ...(await inSql(batch.slice(half)))];
  }
  if (reason !== '') throw new Error(`${reason}\n${columns.join('\n')}`);
  return batch.map((_, index) => rows.map((row) => row[index] ?? 'unknown'));
}
