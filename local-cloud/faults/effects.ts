import { setTimeout as sleep } from 'node:timers/promises';
import { shuffled } from './draw.ts';
import type { FaultEffect, FaultRule } from './fault-plan.ts';
import type { FaultableCall, Run } from './faultable-call.ts';
import { ConnectionLost, serverError, throttled } from './injected-fault.ts';
import { failsInPart, runInPart } from './partial.ts';

/** Whether an effect means something for a call. */
export function canHit(effect: FaultEffect, { service, operation, invocation }: FaultableCall): boolean {
  switch (effect) {
    case 'reorder':
      return operation === 'ReceiveMessage';
    case 'partial':
      return failsInPart(operation);
    case 'crash-before':
    case 'crash-after':
      return invocation !== undefined || isInvoke(service, operation);
    default:
      return true;
  }
}

/** Lets a call go wrong as a rule says. */
export async function inject(rule: FaultRule, call: FaultableCall, draw: () => number, run: Run): Promise<unknown> {
  const { service, operation, input } = call;
  switch (rule.effect) {
    case 'throttle':
      throw throttled(service);
    case 'error':
      throw serverError(service);
    case 'time-out-before':
      throw new ConnectionLost();
    case 'time-out-after':
      await run(input).catch(() => undefined);
      throw new ConnectionLost();
    case 'duplicate':
      return runTwice(call, run);
    case 'delay':
      if (operation === 'SendMessage') return run({ ...input, DelaySeconds: Math.ceil(rule.seconds) });
      await sleep(rule.seconds * 1000);
      return run(input);
    case 'reorder':
      return run(input, (elements) => shuffled(elements, draw));
    case 'partial':
      return runInPart(operation, input, draw, run);
    case 'crash-before':
      return crash(call);
    case 'crash-after':
      await run(input).catch(() => undefined);
      return crash(call);
    case 'kill-before':
      return die();
    case 'kill-after':
      await run(input).catch(() => undefined);
      return die();
  }
}

/** A message that is received twice becomes visible again at once; a function invoked twice works on both at a time. */
async function runTwice({ service, operation, input }: FaultableCall, run: Run): Promise<unknown> {
  if (operation === 'ReceiveMessage') return run({ ...input, VisibilityTimeout: 0 });
  if (isInvoke(service, operation)) {
    const [first, second] = await Promise.allSettled([run(input), run(input)]);
    if (first.status === 'fulfilled') return first.value;
    if (second.status === 'fulfilled') return second.value;
    throw first.reason;
  }
  const answer = await run(input);
  await run(input).catch(() => undefined);
  return answer;
}

function crash({ invocation, service, operation }: FaultableCall): unknown {
  if (isInvoke(service, operation)) {
    const report = { errorType: 'Runtime.ExitError', errorMessage: 'RequestId: injected Error: Runtime exited' };
    return { StatusCode: 200, FunctionError: 'Unhandled', Payload: Buffer.from(JSON.stringify(report)) };
  }
  invocation?.crash();
  throw new ConnectionLost();
}

function die(): never {
  process.kill(process.pid, 'SIGKILL');
  throw new ConnectionLost();
}

function isInvoke(service: string, operation: string): boolean {
  return service === 'lambda' && operation === 'Invoke';
}
