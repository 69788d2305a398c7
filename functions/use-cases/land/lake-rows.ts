import type { BusEnvelope } from '#contracts/bus/bus-envelope.ts';
import { rowsOfEvent } from '#contracts/lake/rows-of-event.ts';
import type { DecisionAccounts } from '#ports/decision-accounts.ts';
import { UnexpectedShapeError } from '#runtime/errors.ts';

/** Makes lake rows of a bus event. Throws {@link UnexpectedShapeError} for one that has none. */
export function lakeRows(accounts: Pick<DecisionAccounts, 'unpack'>): (event: BusEnvelope) => readonly object[] {
  return (event) => {
    const rows = rowsOfEvent(event, { decisionsIn: accounts.unpack });
    if (rows === undefined) throw new UnexpectedShapeError(`${event['detail-type']} has no lake rows`);
    return rows;
  };
}
