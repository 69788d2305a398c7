import { drawOf } from './draw.ts';
import { canHit, inject } from './effects.ts';
import { type FaultEffect, type FaultPlan, type FaultRule, type KnowsOperation, readFaultPlan } from './fault-plan.ts';
import type { FaultableCall, Run } from './faultable-call.ts';
import { Invocations } from './invocations.ts';

/** One fault that was injected: which rule's, and into which of the calls that it matches, counted from 1. */
export interface InjectedRecord {
  readonly rule: number;
  readonly match: number;
  readonly service: string;
  readonly operation: string;
  readonly function?: string;
  readonly effect: FaultEffect;
}

/** What the current plan did so far. */
export interface FaultReport {
  readonly plan: FaultPlan | null;
  readonly injected: readonly InjectedRecord[];
}

/** Lets calls go wrong, by a plan that can be changed while the cloud runs. */
export interface Faults {
  readonly invocations: Invocations;
  /** Follows a plan from its beginning. Throws `FaultPlanError`. */
  set(plan: unknown): void;
  clear(): void;
  report(): FaultReport;
  /** Runs a call, unless a rule hits it. */
  around(call: FaultableCall, run: Run): Promise<unknown>;
  /** Hears of every call before it runs; the answer stops that. */
  listen(listener: (call: FaultableCall) => void): () => void;
}

/** Starts without a plan. */
export function createFaults(knows: KnowsOperation): Faults {
  let plan: FaultPlan | null = null;
  let matches: number[] = [];
  let hits: number[] = [];
  let drawn = new Map<string, number>();
  let injected: InjectedRecord[] = [];
  const listeners = new Set<(call: FaultableCall) => void>();

  const set = (next: FaultPlan | null): void => {
    plan = next;
    matches = next?.rules.map(() => 0) ?? [];
    hits = next?.rules.map(() => 0) ?? [];
    drawn = new Map();
    injected = [];
  };

  /** By its number among its like: how often a queue is polled must not change what happens to a write. */
  const drawFor = (rule: number, { service, operation, functionName }: FaultableCall): (() => number) => {
    const kind = `${rule} ${service} ${operation} ${functionName}`;
    const number = (drawn.get(kind) ?? 0) + 1;
    drawn.set(kind, number);
    return drawOf(plan?.seed ?? 0, kind, number);
  };

  /** Every rule counts the calls that it matches, whether or not another one hits them first. */
  const hitBy = (call: FaultableCall): { rule: FaultRule; draw: () => number } | undefined => {
    let hit: { rule: FaultRule; draw: () => number } | undefined;
    for (const [index, rule] of (plan?.rules ?? []).entries()) {
      if (!isMatch(rule, call)) continue;
      const match = (matches[index] ?? 0) + 1;
      matches[index] = match;
      if (hit || match <= rule.skip || (hits[index] ?? 0) >= (rule.count ?? Number.POSITIVE_INFINITY)) continue;
      const draw = drawFor(index, call);
      if (draw() >= rule.probability) continue;
      hits[index] = (hits[index] ?? 0) + 1;
      hit = { rule, draw };
      const { service, operation, functionName } = call;
      injected.push({
        rule: index,
        match,
        service,
        operation,
        ...(functionName === undefined ? {} : { function: functionName }),
        effect: rule.effect,
      });
    }
    return hit;
  };

  return {
    invocations: new Invocations(),
    set: (value) => set(readFaultPlan(value, knows)),
    clear: () => set(null),
    report: () => ({ plan, injected }),
    async around(call, run) {
      for (const listener of listeners) listener(call);
      const hit = hitBy(call);
      return hit ? inject(hit.rule, call, hit.draw, run) : run(call.input);
    },
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function isMatch(rule: FaultRule, call: FaultableCall): boolean {
  return (
    (rule.service === '*' || rule.service === call.service) &&
    (rule.operation === undefined || rule.operation === call.operation) &&
    (rule.function === undefined || rule.function === call.functionName) &&
    (rule.call === undefined || rule.call === call.number) &&
    canHit(rule.effect, call)
  );
}
