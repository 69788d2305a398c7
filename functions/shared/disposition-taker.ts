import type { DispositionCaptured } from '#domain/bus/bus-event.ts';
import { type BusEntry, busEntry } from '#domain/bus/bus-event.ts';
import { packDetails } from '#domain/bus/pack-details.ts';
import { shownBy } from '#domain/decision/decision-effects.ts';
import { type Captured, capture } from '#domain/disposition/capture.ts';
import { dispositionId, type ToldDisposition } from '#domain/disposition/told-disposition.ts';
import type { Bus, Dispositions } from '#ports';
import { gather } from './gather.ts';

export interface DispositionTakerDeps {
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
export function dispositionTaker({ dispositions, bus, now, newId }: DispositionTakerDeps) {
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

interface Stamp {
  readonly newId: () => string;
  readonly occurredAt: string;
}

const bytesOf = (element: unknown) => Buffer.byteLength(JSON.stringify(element));
const envelopeBytes = 200;

function entriesOf(captured: readonly Captured[], { newId, occurredAt }: Stamp): BusEntry[] {
  const envelope = () => ({ id: newId(), occurredAt, schemaVersion: 1 as const });
  const known = captured.flatMap((each) => (each.kind === 'unknown' ? [] : [each]));
  const unknown = captured.flatMap((each) => (each.kind === 'unknown' ? [each.unknown] : []));
  const tell = (detail: Pick<DispositionCaptured, 'dispositions' | 'unknown'>) =>
    busEntry('DispositionCaptured', { ...envelope(), ...detail });
  return [
    ...packDetails(known, envelopeBytes, (each) => bytesOf(each) + 60).map((run) =>
      busEntry('InteractionsReceived', {
        ...envelope(),
        personas: [...Map.groupBy(run, ({ personaId }) => personaId)].map(([personaId, own]) => ({
          personaId,
          interactions: own.map(({ interaction }) => interaction),
        })),
      }),
    ),
    ...packDetails(known, envelopeBytes, ({ captured: each }) => bytesOf(each)).map((run) =>
      tell({ dispositions: run.map((each) => each.captured), unknown: [] }),
    ),
    ...packDetails(unknown, envelopeBytes, bytesOf).map((run) => tell({ dispositions: [], unknown: run })),
  ];
}
