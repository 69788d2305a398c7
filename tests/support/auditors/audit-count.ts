import { shownBy } from '#domain/decision/decision-effects.ts';
import type { PersonaState } from '#domain/profile/persona-state.ts';
import { readProfile } from '#domain/profile/read-profile.ts';
import { type AuditedRun, type Finding, findingsOf, type SentMessage } from './audited-run.ts';
import type { DecisionRegister } from './decision-register.ts';
import { messagesByPersona } from './messages-by-persona.ts';

type Message = SentMessage['message'];

/** What a customer's profile must say, in numbers. */
interface Totals {
  readonly interactions: number;
  /** Orders and net cents by currency, in its alphabet. */
  readonly purchases: readonly (readonly [currency: string, orders: number, netMinor: number])[];
}

/**
 * Each profile's totals are those of the distinct messages that its customer sent, and of what was told of treatments that it was
 * shown: each once, too. Only for runs without unanswered messages, in currencies with cents, with order ids on all orders and refunds.
 */
export async function auditCount(
  run: AuditedRun,
  live: ReadonlyMap<string, PersonaState>,
  decisions?: Pick<DecisionRegister, 'decisions'>,
): Promise<Finding[]> {
  const accepted = run.sent.filter(({ answer }) => answer === 'accepted');
  const responses = responsesByPersona(run, decisions);
  const wrong: string[] = [];
  for (const [personaId, messages] of await messagesByPersona(run, accepted)) {
    const { interactions, purchases } = totalsOf(messages);
    const expected = JSON.stringify({
      interactions: interactions + (responses.get(personaId)?.size ?? 0),
      purchases,
    });
    const state = live.get(personaId);
    const found = state === undefined ? 'no profile' : JSON.stringify(totalsIn(state));
    if (found !== expected) wrong.push(`${nameOf(messages)} has ${found} instead of ${expected}`);
  }
  return findingsOf('count', 'wrong totals', wrong);
}

/** Dispositions that were acknowledged, by the persona that was asked for; those of what was not shown have no effect. */
function responsesByPersona(
  { touchpoints }: AuditedRun,
  register: Pick<DecisionRegister, 'decisions'> | undefined,
): Map<string, Set<string>> {
  const responses = new Map<string, Set<string>>();
  for (const { decisionId, treatmentId, disposition, isTaken } of touchpoints?.told ?? []) {
    const decision = register?.decisions.get(decisionId);
    const isShown = shownBy(decision ?? { placements: [] }).some(
      ({ candidate }) => candidate.treatmentId === treatmentId,
    );
    if (decision === undefined || !isTaken || !isShown) continue;
    const own = responses.get(decision.personaId) ?? new Set();
    responses.set(decision.personaId, own.add(`${decisionId} ${treatmentId} ${disposition}`));
  }
  return responses;
}

/** Adds up the messages themselves, with nothing of the domain's code. */
function totalsOf(messages: readonly Message[]): Totals {
  const distinct = [...new Map(messages.map((message) => [message.messageId, message])).values()];
  const orders = new Map<string, Message>();
  const purchases = new Map<string, { orders: number; minor: number }>();
  const givenBack = new Map<string, number>();
  for (const message of distinct) {
    const orderId = String(Object(message.properties).order_id);
    if (refunds.has(String(message.event))) givenBack.set(orderId, (givenBack.get(orderId) ?? 0) + minorOf(message));
    if (message.event !== 'Order Completed') continue;
    const known = orders.get(orderId);
    if (!known || ranksBefore(message, known)) orders.set(orderId, message);
  }
  for (const [orderId, order] of orders) {
    const { currency } = Object(order.properties);
    const sum = purchases.get(currency) ?? { orders: 0, minor: 0 };
    // Nobody gets more back than was paid, however many systems tell of it.
    const minor = sum.minor + Math.max(0, minorOf(order) - (givenBack.get(orderId) ?? 0));
    purchases.set(currency, { orders: sum.orders + 1, minor });
  }
  return { interactions: distinct.length, purchases: inOrder(purchases) };
}

const refunds: ReadonlySet<string> = new Set(['Order Refunded', 'Order Cancelled']);

/** Cents that a message names; a refund of no amount is of all. */
function minorOf({ properties }: Message): number {
  const { revenue, total } = Object(properties);
  const amount = revenue ?? total;
  return amount === undefined ? Number.POSITIVE_INFINITY : Math.round(Number(amount) * 100);
}

/** Of several messages about one order the earliest counts; equally early ones by their ids. */
function ranksBefore(a: Message, b: Message): boolean {
  return a.timestamp < b.timestamp || (a.timestamp === b.timestamp && a.messageId < b.messageId);
}

function totalsIn(state: PersonaState): Totals {
  const { interactions, purchases } = readProfile(state, new Date());
  return {
    interactions: interactions.total,
    purchases: inOrder(
      new Map(purchases.map(({ currency, orders, revenueMinor }) => [currency, { orders, minor: revenueMinor }])),
    ),
  };
}

function inOrder(purchases: ReadonlyMap<string, { orders: number; minor: number }>): Totals['purchases'] {
  return [...purchases]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([currency, { orders, minor }]) => [currency, orders, minor]);
}

function nameOf([first]: readonly Message[]): string {
  return String(first?.userId ?? first?.anonymousId);
}
