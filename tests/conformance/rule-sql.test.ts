import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { truthReader } from '#domain/rule/evaluator.ts';
import { compileRule } from '#domain/rule/rule.ts';
import { ruleToSql } from '#domain/rule/rule-to-sql.ts';
import { compileSegments, segmentRules } from '#domain/segment/compiled-segments.ts';
import { membersOf } from '#domain/segment/segments-of.ts';
import { customerRow, customerValues } from '#support/customer-table.ts';
import { caseNowMs, caseSegments, ruleProfile, ruleText } from '#support/rule-cases.ts';
import { runningTrino } from './running-trino.ts';
import { askTrino } from './trino-client.ts';

/** Base URL of a running Trino server, http://127.0.0.1:8080. */
const endpoint = process.env.TRINO_ENDPOINT ?? '';

const seed = Number(process.env.RULE_SEED ?? 1);
const segments = compileSegments(caseSegments);
const profiles = fc.sample(ruleProfile, { numRuns: 60, seed });
const sources = fc.sample(ruleText, { numRuns: Number(process.env.TRINO_RULES ?? 100), seed });
const table = customerValues(profiles.map((profile, index) => customerRow(String(index), profile)));

describe.skipIf(endpoint === '')(runningTrino, () => {
  test.each(sources)('finds the customers of %s', async (source) => {
    const made = compileRule(source);
    if (made.kind === 'invalid') throw new Error(JSON.stringify(made.faults));
    const sql = ruleToSql(made.rule.expression, { nowMs: caseNowMs, segments: segmentRules(segments) });
    if (sql.kind !== 'sql') throw new Error(sql.reason);
    const answer = await askTrino(
      endpoint,
      `SELECT ${sql.condition} FROM ${table} ORDER BY CAST(customer_id AS bigint)`,
    );
    const ask = truthReader(made.rule.expression);
    const live = profiles.map((profile) => {
      const members = membersOf(segments, profile, caseNowMs);
      const known = ask({ profile, context: {}, segments: members, nowMs: caseNowMs });
      return [known === undefined ? null : String(known)];
    });
    expect(answer).toEqual({ rows: live });
  });
});
