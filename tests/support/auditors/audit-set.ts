import { type AuditedRun, type Finding, findingsOf } from './audited-run.ts';
import type { LakeContents } from './lake-contents.ts';

/** Every message that was accepted is in the lake, every refused one among the refused, each once, and none was invented. */
export function auditSet({ sent }: AuditedRun, { interactions, rejected }: LakeContents): Finding[] {
  const landed = new Set(interactions.map(({ message_id }) => message_id));
  const refused = new Set(rejected);
  const idsWith = (...answers: string[]) =>
    new Set(sent.filter(({ answer }) => answers.includes(answer)).map(({ message }) => message.messageId));
  const find = (what: string, ids: Iterable<string>) => findingsOf('set', what, [...ids]);
  return [
    ...find('accepted but not in the lake', idsWith('accepted').difference(landed)),
    ...find('refused but not among the rejected', idsWith('rejected').difference(refused)),
    ...find('in the lake but never accepted', landed.difference(idsWith('accepted', 'unanswered'))),
    ...find('among the rejected but never refused', refused.difference(idsWith('rejected', 'unanswered'))),
    ...(landed.size === interactions.length ? [] : find('more than once in v_interactions', repeatsOf(interactions))),
  ];
}

function repeatsOf(interactions: LakeContents['interactions']): string[] {
  const groups = Map.groupBy(interactions, ({ message_id }) => message_id);
  return [...groups].flatMap(([id, rows]) => (rows.length > 1 ? [id] : []));
}
