import type { BusEnvelope } from '#contracts/bus/bus-envelope.ts';
import { decisionToRows } from '#contracts/lake/decisions/decision-rows.ts';
import { dispositionToRow, unknownDispositionToRow } from '#contracts/lake/dispositions/disposition-rows.ts';
import { identityChangeToRows } from '#contracts/lake/identity-links/identity-row.ts';
import { interactionToRow } from '#contracts/lake/interactions/interaction-row.ts';
import { rejectionToRow } from '#contracts/lake/rejected-interactions/rejection-row.ts';
import type { DecisionAccounts } from '#ports/decision-accounts.ts';
import { UnexpectedShapeError } from '#runtime/errors.ts';

/** Makes lake rows of a bus event. Throws {@link UnexpectedShapeError} for one that has none. */
export function lakeRows(accounts: Pick<DecisionAccounts, 'unpack'>): (event: BusEnvelope) => readonly object[] {
  return (event) => {
    switch (event['detail-type']) {
      case 'InteractionsReceived':
        return event.detail.personas.flatMap(({ personaId, interactions }) =>
          interactions.map((interaction) => interactionToRow(interaction, personaId)),
        );
      case 'InteractionsRejected':
        return event.detail.rejections.map((rejection) => rejectionToRow(rejection, event.detail));
      case 'IdentityLinked':
      case 'IdentityMerged':
      case 'IdentityMergeRefused':
      case 'IdentityUnmerged':
        return event.detail.changes.flatMap(identityChangeToRows);
      case 'DecisionMade':
        return event.detail.decisions.flatMap(({ record }) => accounts.unpack(record)).flatMap(decisionToRows);
      case 'DispositionCaptured':
        return [
          ...event.detail.dispositions.map(dispositionToRow),
          ...event.detail.unknown.map(unknownDispositionToRow),
        ];
      case 'ProfileChanged':
      case 'SegmentEntered':
      case 'SegmentExited':
      case 'SegmentsDue':
        throw new UnexpectedShapeError(`${event['detail-type']} has no lake rows`);
    }
  };
}
