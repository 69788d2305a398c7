import * as z from 'zod';

/** What can go wrong with a call. */
export const faultEffects = [
  /** The service's own throttling error; the call does not run. */
  'throttle',
  /** The service's own internal error; the call does not run. */
  'error',
  /** The connection ends without an answer, and the call did not run. */
  'time-out-before',
  /** The connection ends without an answer, and the call did run. */
  'time-out-after',
  /** The call runs twice: a queue hands out or takes a message twice, a function is invoked twice at a time. */
  'duplicate',
  /** A sent message is hidden for `seconds` of the cloud's clock; any other call waits `seconds` of real time. */
  'delay',
  /** A queue hands out what it has in any order. */
  'reorder',
  /** Some entries of a batch fail, the others don't. */
  'partial',
  /** The function dies before it makes the call, or, for Invoke, before it does anything. */
  'crash-before',
  /** The function dies after the call ran, or, for Invoke, with its answer on its lips. */
  'crash-after',
  /** The whole local cloud dies, as by SIGKILL, before the call runs. */
  'kill-before',
  /** The whole local cloud dies after the call ran. */
  'kill-after',
] as const;
export type FaultEffect = (typeof faultEffects)[number];

/** One kind of fault, and the calls that it may hit. */
const FaultRule = z.strictObject({
  /** IAM prefix of the service, `apigateway` for requests to the HTTP API, or `*`. */
  service: z.string().min(1),
  /** Name of the API operation; any when absent. `Request` for the HTTP API. */
  operation: z.string().min(1).optional(),
  /** Construct id of the function that makes the call, or, for Invoke, that is invoked. */
  function: z.string().min(1).optional(),
  /** Number of the call within its invocation, from 1. */
  call: z.int().min(1).optional(),
  probability: z.number().min(0).max(1).default(1),
  /** Matching calls that pass before the rule begins. */
  skip: z.int().min(0).default(0),
  /** Most faults that the rule injects. */
  count: z.int().min(1).optional(),
  effect: z.enum(faultEffects),
  /** Length of a delay. */
  seconds: z.number().min(0).max(900).default(0.05),
});
export type FaultRule = z.output<typeof FaultRule>;

const FaultPlan = z.strictObject({ seed: z.int().min(0), rules: z.array(FaultRule).max(200) });
export type FaultPlan = z.output<typeof FaultPlan>;
/** A plan as people write it. */
export type FaultPlanInput = z.input<typeof FaultPlan>;

/** A plan that names what is not there, or is none. */
export class FaultPlanError extends Error {
  override readonly name = 'FaultPlanError';
}

/** Whether the local cloud has a service and, when one is named, its operation. */
export type KnowsOperation = (service: string, operation: string | undefined) => boolean;

/** Reads a plan from outside. Throws {@link FaultPlanError} with each fault's path. */
export function readFaultPlan(value: unknown, knows: KnowsOperation): FaultPlan {
  const parsed = FaultPlan.safeParse(value);
  if (!parsed.success) throw new FaultPlanError(z.prettifyError(parsed.error));
  for (const [index, { service, operation, effect }] of parsed.data.rules.entries()) {
    const place = `rules[${index}]`;
    if (!knows(service, operation)) {
      throw new FaultPlanError(`${place}: the local cloud does not know ${service}:${operation ?? '*'}`);
    }
    if (service === 'apigateway' && (effect === 'duplicate' || effect.startsWith('crash'))) {
      throw new FaultPlanError(`${place}: the HTTP API has no effect ${effect}; a client repeats, a function crashes`);
    }
  }
  return parsed.data;
}
