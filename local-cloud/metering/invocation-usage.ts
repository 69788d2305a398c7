import type { Usage } from './usage.ts';

/** How long an invocation took on this machine, in milliseconds. */
export interface InvocationTiming {
  readonly durationMs: number;
  /** Of the duration, what the thread computed and did not wait. */
  readonly cpuMs: number;
  /** Loading the bundle, when this invocation started the thread. */
  readonly initMs: number;
}

// One vCPU at 1,769 MB, less in proportion: Lambda developer guide, "Configure Lambda function memory".
const megabytesOfOneCpu = 1769;

/**
 * What Lambda bills for an invocation: a request, and GB-seconds in steps of 1 ms, start-up included since August 2025.
 * Waiting takes as long there as here; computing takes longer by as much as the function's memory gives it less than a CPU.
 * Source: Lambda pricing page; "AWS Lambda standardizes billing for INIT phase" (AWS compute blog).
 */
export function invocationUsage(memoryMb: number, timing: InvocationTiming): readonly Usage[] {
  const gigabytes = memoryMb / 1024;
  const billed = billedMs(memoryMb, timing) + Math.ceil(timing.initMs);
  return [
    { unit: 'requests', amount: 1 },
    { unit: 'gb-seconds', amount: (gigabytes * billed) / 1000 },
  ];
}

/** Milliseconds of the handler, as Lambda would round them. */
export function billedMs(memoryMb: number, { durationMs, cpuMs }: InvocationTiming): number {
  const computing = Math.min(cpuMs, durationMs);
  const slower = Math.max(1, megabytesOfOneCpu / memoryMb);
  return Math.ceil(durationMs - computing + computing * slower);
}
