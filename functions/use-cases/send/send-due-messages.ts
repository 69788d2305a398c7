import type { Contact, ContactRef } from '#domain/campaign/contact.ts';
import type { OpenRun } from '#domain/campaign/open-run.ts';
import type { ContactSettlement, Contacts } from '#ports/contacts.ts';
import type { SendingRates } from '#ports/sending-rates.ts';
import type { SendingRuns } from '#ports/sending-runs.ts';
import type { SendingSwitch } from '#ports/sending-switch.ts';
import { gather } from '#runtime/gather.ts';
import {
  type DispositionCaptureDeps,
  dispositionCapture,
  type Report,
} from '#use-cases/respond/disposition-capture.ts';
import { type MessageSenderDeps, messageSender } from './message-sender.ts';

export interface SendDueMessagesDeps extends Omit<MessageSenderDeps, 'maySend' | 'contacts'>, DispositionCaptureDeps {
  readonly contacts: Pick<Contacts, 'due' | 'claim' | 'settle' | 'find'>;
  readonly runs: Pick<SendingRuns, 'open'>;
  readonly sendingSwitch: Pick<SendingSwitch, 'read'>;
  readonly rates: SendingRates;
  /** Messages of a channel in a minute, at most. */
  readonly perMinute: (channel: string) => number;
  /** Told of what went wrong with one message; the others go on. */
  readonly onFault: (fault: unknown) => void;
}

/** How long a look at the switch and the runs is used, milliseconds: a stop is obeyed within it. */
const freshMs = 1000;
/** Messages that are taken at a time, and settled together. */
const batch = 50;
const atOnce = 16;
const soonMs = 60_000;
/** A sender works so long and leaves the rest to the next minute's. */
const patienceMs = 45_000;
/** How long a claim holds: longer than any sender works, and where a provider tells of what it sent, as long as that may take. */
const leases = { usual: 15 * 60_000, repeatable: 2 * 60_000 };
/** Channels on which a message that is sent again has no second effect, whatever the content of its treatment. */
const reached = new Set(['email', 'sms', 'push']);

/**
 * Sends what is due, channel by channel as fast as each may, until nothing is left or time is up. Answers how many contacts were
 * looked at. A sender that dies leaves claims, which lapse.
 */
export function sendDueMessages(deps: SendDueMessagesDeps) {
  const state = freshState(deps);
  const capture = dispositionCapture(deps);
  const send = messageSender({
    ...deps,
    maySend: async (runId) => (await state()).some((run) => run.runId === runId),
  });

  async function sendOne(
    ref: ContactRef,
    untilMs: number,
  ): Promise<{ settlement?: ContactSettlement; report?: Report }> {
    const claim = await deps.contacts.claim(ref, { nowMs: deps.now(), untilMs });
    if (claim === undefined) return {};
    const { contact } = claim;
    try {
      const { settlement, isPresented } = await send(contact);
      return {
        ...(settlement === undefined ? {} : { settlement: { contact, to: settlement } }),
        ...(isPresented ? { report: presented(contact, deps.now()) } : {}),
      };
    } catch (fault) {
      // It did not come to be sent: what fails while it is sent is the sender's answer.
      deps.onFault(fault);
      return { settlement: { contact, to: { state: 'pending', dueAtMs: deps.now() + soonMs } } };
    }
  }

  async function sendOn(channel: string, runs: readonly OpenRun[]): Promise<number> {
    const nowMs = deps.now();
    const share = Math.ceil(batch / runs.length);
    const found = await gather(runs, atOnce, ({ runId }) => deps.contacts.due(runId, channel, nowMs, share));
    const due = found.flat();
    if (due.length === 0) return 0;
    const allowed = await deps.rates.take(channel, nowMs, due.length, deps.perMinute(channel));
    const untilMs = nowMs + (reached.has(channel) ? leases.usual : leases.repeatable);
    const outcomes = await gather(due.slice(0, allowed), atOnce, (ref) => sendOne(ref, untilMs));
    // Told before they are settled: who dies between the two tells again.
    const reports = outcomes.flatMap(({ report }) => report ?? []);
    if (reports.length > 0) await capture(reports);
    await deps.contacts.settle(
      outcomes.flatMap(({ settlement }) => settlement ?? []),
      deps.now(),
    );
    return allowed;
  }

  return async (): Promise<number> => {
    const endMs = deps.now() + patienceMs;
    for (let looked = 0; ; ) {
      const runs = await state();
      const channels = [...new Set(runs.flatMap((run) => run.channels))];
      const sent = await gather(channels, channels.length, (channel) =>
        sendOn(
          channel,
          runs.filter((run) => run.channels.includes(channel)),
        ),
      );
      const round = sent.reduce((sum, each) => sum + each, 0);
      looked += round;
      if (round === 0 || deps.now() >= endMs) return looked;
    }
  };
}

/** The runs that may send at this moment: none while the switch is thrown. */
function freshState({ runs, sendingSwitch, now }: Pick<SendDueMessagesDeps, 'runs' | 'sendingSwitch' | 'now'>) {
  let kept: { readonly atMs: number; readonly open: Promise<readonly OpenRun[]> } | undefined;
  const read = async () => {
    const [{ stopped }, open] = await Promise.all([sendingSwitch.read(), runs.open()]);
    return stopped ? [] : open;
  };
  return (): Promise<readonly OpenRun[]> => {
    if (kept === undefined || now() - kept.atMs >= freshMs) kept = { atMs: now(), open: read() };
    return kept.open;
  };
}

function presented({ choice }: Contact, nowMs: number): Report {
  const at = new Date(nowMs).toISOString();
  return {
    decisionId: choice?.decisionId ?? '',
    treatmentNames: choice === undefined ? [] : [choice.treatmentId],
    disposition: 'presented',
    occurredAt: at,
    receivedAt: at,
    touchpoint: choice?.channel ?? '',
  };
}
