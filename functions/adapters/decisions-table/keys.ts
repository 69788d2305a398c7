import { toldSorts } from '#contracts/streams.ts';
import { sharedPart } from '#domain/decision/batch-decision-id.ts';
import { dispositionId, dispositionIdPrefix, type NamedDisposition } from '#domain/disposition/told-disposition.ts';

/**
 * The key design of the decisions table: a partition a batch of decisions, which stand in one item.
 *
 * | partition                          | sort key                                          | item                                     |
 * |------------------------------------|---------------------------------------------------|------------------------------------------|
 * | `decision#<what the batch shares>` | `decision`, `decision#001`, …                     | the decisions, in as many parts as needed |
 * |                                    | `disposition:<decision>:<treatment>:<disposition>` | what was told of a decision, first        |
 */
export const decisionPartition = (decisionId: string) => `decision#${sharedPart(decisionId)}`;

/** Sort key of the item of a batch, or of its first part; those of the others begin with it. */
export const decisionSort = toldSorts.decisions.decisionPrefix;
/** Sort key of a part, by its number. */
export const decisionPartSort = (part: number) =>
  part === 0 ? decisionSort : `${decisionSort}#${String(part).padStart(3, '0')}`;

export const dispositionKey = (told: NamedDisposition) => ({
  pk: decisionPartition(told.decisionId),
  sk: dispositionId(told),
});
/** What the sort keys of all dispositions of a decision begin with. */
export const dispositionSortPrefix = dispositionIdPrefix;
