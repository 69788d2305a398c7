import { dispositionOfEvent } from '#domain/disposition/disposition-of-event.ts';
import type { Interaction } from '#domain/interaction/interaction.ts';
import type { BatchWork } from '#ports/batch-work.ts';
import { type DispositionCaptureDeps, dispositionCapture, type Report } from './disposition-capture.ts';

/** The reports of one event are taken together. */
interface Meant {
  readonly reports: readonly Report[];
}

/** Takes the dispositions that events of the Segment specs mean: each is the same as one told by the API. */
export function deriveDispositions(deps: DispositionCaptureDeps): BatchWork<'InteractionsReceived', Meant> {
  const take = dispositionCapture(deps);
  return {
    types: ['InteractionsReceived'],
    undone: 'Dispositions of a message were not taken',
    partsOf({ detail }) {
      const reports = detail.personas.flatMap(({ interactions }) => interactions).flatMap(reportsOf);
      return reports.length === 0 ? [] : [{ reports }];
    },
    async perform(all, attempt) {
      for (const meant of all) await attempt([meant], () => take(meant.reports));
    },
  };
}

function reportsOf(interaction: Interaction): Report[] {
  const meant = dispositionOfEvent(interaction);
  if (meant === undefined) return [];
  const { occurredAt, receivedAt, touchpoint } = interaction;
  const { decisionId, treatmentNames, disposition, value } = meant;
  const amount = value === undefined ? {} : { valueMinor: value.amountMinor, currency: value.currency };
  return [
    {
      decisionId: decisionId.toLowerCase(),
      treatmentNames,
      disposition,
      occurredAt,
      receivedAt,
      touchpoint,
      ...amount,
    },
  ];
}
