import type { BusEntry, Stamp } from '#contracts/bus/bus-event.ts';
import { packedEntries } from '#contracts/bus/packed-entries.ts';
import { receivedEntries } from '#contracts/bus/received-entries.ts';
import { shownBy } from '#domain/decision/decision-effects.ts';
import { type Captured, capture } from '#domain/disposition/capture.ts';
import { dispositionId, type ToldDisposition } from '#domain/disposition/told-disposition.ts';
import type { Bus } from '#ports/bus.ts';
import type { Dispositions } from '#ports/dispositions.ts';
import { gather } from '#runtime/gather.ts';

export interface DispositionCaptureDeps {
  readonly dispositions: Dispositions;
  readonly bus: Bus;
  readonly now: () => number;
  readonly newId: () => string;
}

/** A disposition to be taken; its treatment may go by several names, or be the only one that the decision shows. */
export type Report = Omit<ToldDisposition, 'treatmentId'> & { readonly treatmentNames: readonly string[] };

const decisionsAtOnce = 8;

/**
 * Takes dispositions: each is remembered as it was told first, then told to the bus for profile, lake and models. Told again
 * it is published again as it was: what consumes it dedupes, and a crash between the two writes mends itself. Throws
 * {@link BusUnavailableError}.
 */
export function dispositionCapture({ dispositions, bus, now, newId }: DispositionCaptureDeps) {
  async function takeOfDecision(decisionId: string, reports: readonly Report[]): Promise<Captured[]> {
    const { decision, told } = await dispositions.load(decisionId);
    const names = decision === undefined ? [] : shownBy(decision).map(({ candidate }) => candidate.treatmentId);
    const known = new Map(told);
    const captured: Captured[] = [];
    for (const { treatmentNames, ...report } of reports) {
      const [only, other] = names;
      const named = treatmentNames.find((name) => names.includes(name)) ?? treatmentNames[0];
      const treatmentId = named ?? (other === undefined ? only : undefined) ?? '';
      const fresh: ToldDisposition = { ...report, treatmentId };
      const id = dispositionId(fresh);
      const first = known.get(id) ?? (await remember(fresh));
      known.set(id, first);
      captured.push(capture(first, decision));
    }
    return captured;
  }

  async function remember(fresh: ToldDisposition): Promise<ToldDisposition> {
    if ((await dispositions.save(fresh, now())) === 'saved') return fresh;
    const { told } = await dispositions.load(fresh.decisionId);
    return told.get(dispositionId(fresh)) ?? fresh;
  }

  return async (reports: readonly Report[]): Promise<Captured[]> => {
    const byDecision = [...Map.groupBy(reports, ({ decisionId }) => decisionId)];
    const captured = await gather(byDecision, decisionsAtOnce, ([decisionId, own]) => takeOfDecision(decisionId, own));
    const byReport = new Map(
      byDecision.flatMap(([, own], index) => own.map((report, place) => [report, captured[index]?.[place]] as const)),
    );
    const inOrder = reports.flatMap((report) => byReport.get(report) ?? []);
    await bus.publish(entriesOf(inOrder, { newId, occurredAt: new Date(now()).toISOString() }));
    return inOrder;
  };
}

/** What profile, lake and models are told: as an interaction of the persona that was asked for, and with what the decision's record says. */
function entriesOf(captured: readonly Captured[], stamp: Stamp): BusEntry[] {
  const known = captured.flatMap((each) => (each.kind === 'unknown' ? [] : [each]));
  const unknown = captured.flatMap((each) => (each.kind === 'unknown' ? [each.unknown] : []));
  return [
    ...receivedEntries(known, stamp),
    ...packedEntries(
      'DispositionCaptured',
      stamp,
      known.map((each) => each.captured),
      (dispositions) => ({ dispositions, unknown: [] }),
    ),
    ...packedEntries('DispositionCaptured', stamp, unknown, (run) => ({ dispositions: [], unknown: run })),
  ];
}
