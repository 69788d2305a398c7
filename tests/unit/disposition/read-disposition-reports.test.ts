import { expect, test } from 'vitest';
import { readDispositionReports } from '#domain/disposition/disposition-report.ts';

const report = {
  decisionId: '01a20222-eca4-74c4-b768-34af68590b00',
  treatmentId: 'tv-hero',
  disposition: 'clicked',
} as const;

test('reads one disposition as a list of one, and a list as it is', () => {
  expect(readDispositionReports(report).data).toEqual([report]);
  expect(readDispositionReports([report, report]).data).toEqual([report, report]);
});

test.each([
  [{ ...report, disposition: 'clikced' }, ['disposition']],
  [{ ...report, occurredAt: 'yesterday' }, ['occurredAt']],
  [
    [report, { ...report, decisionId: '019c' }],
    [1, 'decisionId'],
  ],
  [[], []],
  ['clicked', []],
])('says which field of %j is wrong', (body, path) => {
  expect(readDispositionReports(body).error?.issues.map((issue) => issue.path)).toEqual([path]);
});
