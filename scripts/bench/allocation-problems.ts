import type { CustomerOption, CustomerOptions } from '#domain/allocation/customer-options.ts';
import type { Limits } from '#domain/allocation/resource.ts';
import { type Random, randomOf } from '#scripts/world/random.ts';

/** A seeded problem of a structure, its customers one after the other: a million of them need not be held. */
export interface AllocationProblemSpec {
  readonly structure: AllocationStructure;
  readonly customers: number;
  readonly options: number;
  readonly seed: number;
}

interface Structure {
  /** Limits for so many customers. */
  readonly limits: (customers: number) => Limits;
  /** What an option of a channel is worth and costs; `affinity` is the customer's own, from 0 to 1. */
  readonly option: (facts: OptionFacts) => { readonly value: number; readonly cost: number };
  /** Budgets beside the one that all share, of which each option uses two. */
  readonly budgets?: number;
}

interface OptionFacts {
  readonly random: Random;
  readonly affinity: number;
  readonly place: number;
  readonly channel: string;
  /** Where in the audience the customer stands, from 0 to 1. */
  readonly part: number;
}

const channels = ['email', 'sms', 'push', 'calls'];
const capacities = (customers: number, times = 1): Limits => ({
  budget: customers * 0.8 * times,
  email: Math.ceil(customers * 0.3 * times),
  sms: Math.ceil(customers * 0.1 * times),
  push: Math.ceil(customers * 0.2 * times),
  calls: Math.ceil(customers * 0.03 * times),
});
const price = ({ random }: OptionFacts) => 0.2 + 3 * random.next();
const usual = ({ random, affinity }: OptionFacts) => random.next() * 10 * (1 + affinity);
const treatmentCosts = [0.1, 1, 0.2, 5, 0.3, 0.7, 2, 3];

/** Each option costs some of a budget and takes one of one of four channels; the structures differ in what makes such problems hard. */
const structures = {
  usual: { limits: capacities, option: (facts) => ({ value: usual(facts), cost: price(facts) }) },
  tight: { limits: (n) => capacities(n, 0.1), option: (facts) => ({ value: usual(facts), cost: price(facts) }) },
  loose: { limits: (n) => capacities(n, 6), option: (facts) => ({ value: usual(facts), cost: price(facts) }) },
  minorUnits: {
    limits: (n) => ({ ...capacities(n), budget: n * 800_000 }),
    option: (facts) => ({ value: usual(facts) * 1e-3, cost: Math.round(price(facts) * 1e6) }),
  },
  manyBudgets: {
    limits: (n) => ({
      ...capacities(n),
      ...Object.fromEntries(Array.from({ length: 20 }, (_, place) => [`budget-${place}`, n * 0.02])),
    }),
    option: (facts) => ({ value: usual(facts), cost: price(facts) }),
    budgets: 20,
  },
  /** What costs more is worth more, nearly in proportion. */
  correlated: {
    limits: capacities,
    option: (facts) => {
      const cost = price(facts);
      return { value: 3 * cost + 0.3 * facts.random.next(), cost };
    },
  },
  /** Values are costs and a constant: the classic hard knapsack. */
  stronglyCorrelated: {
    limits: capacities,
    option: (facts) => {
      const cost = price(facts);
      return { value: 3 * cost + 1, cost };
    },
  },
  allEqual: { limits: capacities, option: () => ({ value: 1, cost: 1 }) },
  /** All are equal, but the second half can be reached by one channel alone, which the first must leave to them. */
  captive: {
    limits: (n) => ({ budget: n, email: n / 2, sms: n / 4, push: n / 8, calls: n / 8 }),
    option: ({ part, channel }) => ({ value: part < 0.5 || channel === 'email' ? 1 : 0, cost: 1 }),
  },
  /** A few are worth more than thousands of others. */
  heavyTailed: {
    limits: capacities,
    option: (facts) => {
      const { random } = facts;
      return { value: Math.exp(6 * (random.next() + random.next() + random.next() - 1.5)), cost: price(facts) };
    },
  },
  smallIntegers: {
    limits: capacities,
    option: ({ random }) => ({ value: 1 + random.below(3), cost: 1 + random.below(2) }),
  },
  /** All customers pay the same for a treatment. */
  pricedTreatments: {
    limits: capacities,
    option: ({ random, place }) => {
      const cost = treatmentCosts[place % treatmentCosts.length] ?? 1;
      return { value: random.next() < 0.3 ? 0 : random.next() * random.next() * cost * 4, cost };
    },
  },
} satisfies Readonly<Record<string, Structure>>;

export type AllocationStructure = keyof typeof structures;
export const allocationStructures: readonly AllocationStructure[] = [
  'usual',
  'tight',
  'loose',
  'minorUnits',
  'manyBudgets',
  'correlated',
  'stronglyCorrelated',
  'allEqual',
  'captive',
  'heavyTailed',
  'smallIntegers',
  'pricedTreatments',
];

export function limitsOf({ structure, customers }: AllocationProblemSpec): Limits {
  return structures[structure].limits(customers);
}

export function* customersOf({
  structure,
  customers,
  options,
  seed,
}: AllocationProblemSpec): Generator<CustomerOptions> {
  const random = randomOf(seed);
  const own: Structure = structures[structure];
  for (let at = 0; at < customers; at += 1) {
    const affinity = random.next();
    yield {
      customer: `c${at}`,
      options: Array.from({ length: options }, (_, place): CustomerOption => {
        const channel = channels[place % channels.length] ?? '';
        const { value, cost } = own.option({ random, affinity, place, channel, part: at / customers });
        const others = Array.from({ length: own.budgets === undefined ? 0 : 2 }, () => [
          `budget-${random.below(own.budgets ?? 1)}`,
          random.next(),
        ]);
        return { id: `t${place}`, value, uses: { budget: cost, [channel]: 1, ...Object.fromEntries(others) } };
      }),
    };
  }
}
