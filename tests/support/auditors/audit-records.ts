import * as z from 'zod';
import type { Decision } from '#domain/decision/decision.ts';
import { answerOf } from '#domain/decision/decision-answer.ts';
import { withProbabilities } from '#domain/decision/with-probabilities.ts';
import { type Finding, findingsOf } from './audited-run.ts';
import type { LandedDecision } from './decisions-in-lake.ts';
import type { AskedQuestion, TouchpointLog } from './touchpoint-log.ts';

type Records = ReadonlyMap<string, Decision>;

/** The lake rounds each probability: of 500 candidates they may add up to this much more than the places. */
const rounding = 0.001;

/**
 * Every answered decision has one record, which gives the answer that the client saw; a question that is asked again gets that too; a
 * preview has none, and there is none that nobody asked for. The lake has of each what the table has, and once.
 */
export function auditRecords(
  log: TouchpointLog,
  records: Records,
  { own, landed }: { readonly own: readonly Decision[]; readonly landed: readonly LandedDecision[] },
): Finding[] {
  const asked = log.asked.filter(({ isPreview }) => !isPreview);
  const answers = asked.flatMap((question) => question.answers.flat());
  const previews = log.asked.filter(({ isPreview }) => isPreview).flatMap((question) => question.answers.flat());
  const find = (what: string, cases: readonly string[]) => findingsOf('records', what, [...new Set(cases)]);
  return [
    ...find(
      'answered and not on record',
      answers.flatMap((text) => (records.has(idIn(text)) ? [] : [idIn(text)])),
    ),
    ...find(
      'answered otherwise than its record says',
      answers.flatMap((text) => (isAsRecorded(text, records.get(idIn(text))) ? [] : [idIn(text)])),
    ),
    ...find(
      'asked again and answered otherwise',
      asked.filter(isAnsweredTwice).map(({ name }) => name),
    ),
    ...find(
      'only a preview and on record',
      previews.flatMap((text) => (records.has(idIn(text)) ? [idIn(text)] : [])),
    ),
    ...find('on record and not asked for', unaskedFor(log, own, new Set(answers.map(idIn)))),
    ...lakeFindings(own, landed),
  ];
}

const Named = z.object({ decisionId: z.string() });
const idIn = (text: string) => Named.parse(JSON.parse(text)).decisionId;

function isAsRecorded(text: string, record: Decision | undefined): boolean {
  if (record === undefined) return true;
  const whole = record.explain ? withProbabilities(record) : record;
  return JSON.stringify(answerOf(whole)) === text;
}

function isAnsweredTwice({ isRepeatable, answers }: AskedQuestion): boolean {
  return isRepeatable && new Set(answers.map((texts) => JSON.stringify(texts))).size > 1;
}

/** Who got no answer to a question that can't be asked again may have left a record behind, and so may each repeat of an invocation. */
function unaskedFor(log: TouchpointLog, own: readonly Decision[], answered: ReadonlySet<string>): string[] {
  const lost = log.asked
    .filter(({ isRepeatable, isPreview }) => !isRepeatable && !isPreview)
    .reduce((sum, { attemptsMs, answers }) => sum + attemptsMs.length - answers.length, 0);
  const unheard = own.filter(({ decisionId }) => !answered.has(decisionId)).map(({ decisionId }) => decisionId);
  return unheard.length > lost + log.repeats ? unheard : [];
}

function lakeFindings(own: readonly Decision[], landed: readonly LandedDecision[]): Finding[] {
  const rows = Map.groupBy(landed, ({ decisionId }) => decisionId);
  const known = new Set(own.map(({ decisionId }) => decisionId));
  const different = own.flatMap((decision) => {
    const inLake = rows.get(decision.decisionId)?.map(({ facts }) => facts) ?? [];
    return JSON.stringify(inLake.toSorted()) === JSON.stringify(factsOf(decision).toSorted())
      ? []
      : [decision.decisionId];
  });
  const improbable = [...Map.groupBy(landed, ({ decisionId, placementId }) => `${decisionId} ${placementId}`)].flatMap(
    ([name, candidates]) => (isChoice(candidates) ? [] : [name]),
  );
  return [
    ...findingsOf('records', 'in the lake otherwise than in the table', different),
    ...findingsOf(
      'records',
      'in the lake and not in the table',
      [...new Set(rows.keys())].filter((id) => !known.has(id)),
    ),
    ...findingsOf('records', 'probabilities of a choice that are none', improbable),
  ];
}

/** What the lake says of each candidate, from the table's record: a line each. */
function factsOf({ decisionId, personaId, customerId, atMs, placements }: Decision): string[] {
  return placements.flatMap(({ placementId, candidates }) =>
    candidates.map(({ treatmentId, excluded, withheld, outcome }) =>
      [
        decisionId,
        personaId,
        customerId,
        atMs,
        placementId,
        treatmentId,
        (excluded ?? withheld)?.reason ?? 'shown',
        outcome?.rank ?? '',
      ].join(' '),
    ),
  );
}

/** Of each that took part there is a probability, of what is shown one above zero; together they are no more than the places. */
function isChoice(candidates: readonly LandedDecision[]): boolean {
  const taking = candidates.filter(({ score }) => score !== undefined);
  const probabilities = taking.map(({ probability }) => probability ?? Number.NaN);
  const shown = taking.filter(({ place }) => place !== undefined);
  const limit = candidates[0]?.limit ?? 0;
  return (
    probabilities.every((probability) => probability >= 0 && probability <= 1 + 1e-9) &&
    shown.every(({ probability = 0 }) => probability > 0) &&
    probabilities.reduce((sum, probability) => sum + probability, 0) <= limit + rounding
  );
}
