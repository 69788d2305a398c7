import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import * as z from 'zod';
import { readIdentityKey } from '#adapters/secrets-manager/secret-identity-key.ts';
import type { Disposition } from '#domain/vocabulary/disposition.ts';
import type { FaultReport } from '#local-cloud/faults/faults.ts';
import { outputOf } from '#scripts/target/target.ts';
import { randomOf } from '#scripts/world/random.ts';
import type { SentMessage } from '#support/auditors/audited-run.ts';
import type { HeardRefusal, ToldResponse, TouchpointLog } from '#support/auditors/touchpoint-log.ts';
import { askingTouchpoints, type Question } from './asking-touchpoints.ts';
import { channelOf } from './simulated-catalogue.ts';
import type { SimulatedCloud } from './simulated-cloud.ts';
import type { Message } from './stubborn-client.ts';
import { type Telling, tellingTouchpoints } from './telling-touchpoints.ts';

/** What touchpoints of a small world ask about its customers, and tell of what was shown. */
export interface DecidedLife {
  /** Asks about customers who were there lately: on the web, at the desk, and by mail about several of them. */
  ask(userIds: readonly string[]): Promise<void>;
  /** Tells what customers did: some of it twice, of long ago, or of what nobody decided. */
  tell(): Promise<void>;
  /** Events that mean a disposition, to be sent like others. */
  events(): Message[];
  /** An order that follows on what its customer was shown, now and then. */
  attributed(message: Message): Message;
  /** Notes whose no has had its effects: all that was accepted before, when nothing is on its way. */
  heard(sent: readonly SentMessage[]): void;
  /** Asks and tells again whatever got no answer; asks by mail about everybody, and once more what was answered. */
  finish(userIds: readonly string[]): Promise<void>;
  log(sent: readonly SentMessage[], injected: FaultReport['injected']): TouchpointLog;
}

/** A treatment that a customer was shown. */
interface Shown {
  readonly decisionId: string;
  readonly treatmentId: string;
  readonly userId: string;
}

const Answer = z.object({ decisionId: z.string(), treatments: z.array(z.object({ treatmentId: z.string() })) });

const told: readonly Disposition[] = [
  'presented',
  'clicked',
  'accepted',
  'rejected',
  'ignored',
  'converted',
  'unsubscribed',
];
/** Events of the Segment spec that mean a disposition, with the field that names the treatment. */
const meaning = [
  ['Promotion Viewed', 'presented', 'promotion_id'],
  ['Promotion Clicked', 'clicked', 'promotion_id'],
  ['Email Link Clicked', 'clicked', 'campaign_id'],
] as const;

const deciding: ReadonlySet<string> = new Set(['make-decision', 'decide-batch']);

/** Begins to ask and tell in a world; equal seeds ask the same questions. */
export async function decidedLife(seed: number, idPrefix: string, simulated: SimulatedCloud): Promise<DecidedLife> {
  const random = randomOf(seed * 13 + 5);
  const { cloud } = simulated;
  const [asking, telling] = [askingTouchpoints(simulated), tellingTouchpoints(simulated)];
  const personaIdOf = await personaIds(simulated);
  /** Whom questions are about, by their names. */
  const customersOf = new Map<string, readonly string[]>();
  const meant = new Map<string, Omit<ToldResponse, 'isTaken'>>();
  const refusals = new Map<string, HeardRefusal>();
  let number = 0;

  const question = (userId: string): Question => {
    const name = `${idPrefix}question-${++number}`;
    customersOf.set(name, [userId]);
    const common = { kind: 'single', name, customer: `user_id:${userId}`, preview: random.next() < 0.1 } as const;
    return random.next() < 0.6
      ? { ...common, placements: ['web/home'], explain: random.next() < 0.2, isRepeatable: random.next() < 0.7 }
      : { ...common, placements: ['desk/call', 'web/home'], explain: true, isRepeatable: true };
  };
  const batch = (userIds: readonly string[]): Question => {
    const name = random.uuid();
    customersOf.set(name, userIds);
    return { kind: 'batch', name, placements: ['mail/news'], customerIds: userIds.map(personaIdOf) };
  };

  /** What was shown so far, of decisions that were answered. */
  function shown(): Shown[] {
    return asking.asked().flatMap(({ name, isPreview, answers }) =>
      isPreview
        ? []
        : (answers[0] ?? []).flatMap((text, index) => {
            const { decisionId, treatments } = Answer.parse(JSON.parse(text));
            const userId = customersOf.get(name)?.[index] ?? '';
            return treatments.map(({ treatmentId }) => ({ decisionId, treatmentId, userId }));
          }),
    );
  }

  function tellingOf({ decisionId, treatmentId }: Shown): Telling {
    const disposition = random.pick(told);
    const occurredAt = new Date(cloud.now() - random.below(3_600_000)).toISOString();
    if (random.next() < 0.05) return { decisionId: random.uuid(), treatmentId, disposition, occurredAt };
    return { decisionId, treatmentId, disposition, occurredAt };
  }

  return {
    async ask(userIds) {
      if (userIds.length === 0) return;
      for (let count = 1 + random.below(2); count > 0; count--) await asking.ask(question(random.pick(userIds)));
      if (random.next() < 0.5) await asking.ask(batch(userIds));
      const [again] = asking.asked().flatMap(({ isRepeatable, question: one }) => (isRepeatable ? [one] : []));
      if (again !== undefined && random.next() < 0.3) await asking.ask(again);
    },

    async tell() {
      const some = shown().filter(() => random.next() < 0.5);
      await telling.tell(some.flatMap((one) => Array.from({ length: 1 + random.below(2) }, () => tellingOf(one))));
    },

    events() {
      return shown().flatMap(({ userId, decisionId, treatmentId }): Message[] => {
        if (random.next() > 0.3) return [];
        const [event, disposition, field] = random.pick(meaning);
        const messageId = `${idPrefix}meant-${++number}`;
        meant.set(messageId, { decisionId, treatmentId, disposition });
        const timestamp = new Date(cloud.now()).toISOString();
        const properties = { decision_id: decisionId, [field]: treatmentId };
        return [{ type: 'track', event, messageId, timestamp, userId, properties, context: { touchpoint: 'web' } }];
      });
    },

    attributed(message) {
      if (message.event !== 'Order Completed') return message;
      const own = shown().filter(({ userId }) => userId === message.userId);
      if (own.length === 0 || random.next() < 0.5) return message;
      const { decisionId, treatmentId } = random.pick(own);
      meant.set(message.messageId, { decisionId, treatmentId, disposition: 'converted' });
      const properties = {
        ...Object(message.properties),
        decision_id: decisionId,
        treatment_id: treatmentId,
      };
      return { ...message, properties };
    },

    heard(sent) {
      const hear = (userId: string, channel: string) => {
        const personaId = personaIdOf(userId);
        const key = `${personaId} ${channel}`;
        if (!refusals.has(key)) refusals.set(key, { personaId, channel, heardMs: cloud.now() });
      };
      for (const { message, answer } of sent) {
        if (answer === 'accepted' && message.event === 'Unsubscribed') hear(String(message.userId), 'email');
      }
      const noes = telling.told().filter(({ disposition, isTaken }) => isTaken && disposition === 'unsubscribed');
      for (const { userId, decisionId, treatmentId } of shown()) {
        const isRefused = noes.some((no) => no.decisionId === decisionId && no.treatmentId === treatmentId);
        if (isRefused) hear(userId, channelOf(treatmentId));
      }
    },

    async finish(userIds) {
      await asking.askLeft();
      await telling.tellLeft();
      const answered = asking.asked().filter(({ isRepeatable }) => isRepeatable);
      for (const { question: one } of answered) if (random.next() < 0.4) await asking.ask(one);
      if (userIds.length > 0) await asking.ask(batch(userIds));
    },

    log: (sent, injected) => ({
      asked: asking.asked(),
      told: [...telling.told(), ...meantBy(sent, meant)],
      refusals: [...refusals.values()],
      repeats: injected.filter(isSecondDecision).length,
      mostCustomers: Math.max(0, ...asking.asked().map(({ customers }) => customers)),
    }),
  };
}

function isSecondDecision({ operation, effect, function: called = '' }: FaultReport['injected'][number]): boolean {
  return operation === 'Invoke' && effect === 'duplicate' && deciding.has(called);
}

function meantBy(
  sent: readonly SentMessage[],
  meant: ReadonlyMap<string, Omit<ToldResponse, 'isTaken'>>,
): ToldResponse[] {
  return sent.flatMap(({ message, answer }) => {
    const response = meant.get(message.messageId);
    return response === undefined ? [] : [{ ...response, isTaken: answer === 'accepted' }];
  });
}

async function personaIds({ target }: SimulatedCloud): Promise<(userId: string) => string> {
  const client = new SecretsManagerClient(target.client);
  const key = await readIdentityKey(client, outputOf(target, 'IdentityKeySecretArn'));
  client.destroy();
  return (userId) => key.personaId('user_id', userId);
}
