import * as z from 'zod';
import type { CloudContext, Operation } from '#local-cloud/cloud/service.ts';
import { lambdaError } from './errors.ts';
import type { Functions } from './functions.ts';

const invokeInput = z.object({
  FunctionName: z.string(),
  InvocationType: z.enum(['RequestResponse', 'Event', 'DryRun']).default('RequestResponse'),
  Payload: z.union([z.string(), z.instanceof(Uint8Array)]).default('{}'),
});

// Lambda's limit for the payload of a synchronous invocation, both ways.
const maximumPayloadBytes = 6_291_556;

/** Invokes functions. */
export function functionOperations(context: CloudContext, functions: Functions): Readonly<Record<string, Operation>> {
  const invoke: Operation = {
    permissions: (input) => [
      { action: 'lambda:InvokeFunction', resources: [functions.arnOf(invokeInput.parse(input).FunctionName)] },
    ],
    async run(input) {
      const { FunctionName, InvocationType, Payload } = invokeInput.parse(input);
      const { workers } = functions.named(FunctionName);
      const text = typeof Payload === 'string' ? Payload : Buffer.from(Payload).toString('utf8');
      if (Buffer.byteLength(text) > maximumPayloadBytes) {
        const message = `${Buffer.byteLength(text)} byte payload is too large for an invocation (limit ${maximumPayloadBytes} bytes)`;
        throw lambdaError('RequestTooLargeException', message);
      }
      if (InvocationType === 'DryRun') return { StatusCode: 204, Payload: Buffer.alloc(0) };
      const outcome = context.activity.track(() => workers.invoke(text));
      if (InvocationType === 'Event') return { StatusCode: 202, Payload: Buffer.alloc(0) };
      const { payload, failed } = limited(await outcome);
      return { StatusCode: 200, ...(failed ? { FunctionError: 'Unhandled' } : {}), Payload: Buffer.from(payload) };
    },
  };

  /** What a function URL does with a request. Since October 2025 it takes both permissions. */
  const invokeByUrl: Operation = {
    permissions: (input) => [
      { action: 'lambda:InvokeFunctionUrl', resources: [functions.arnOf(invokeInput.parse(input).FunctionName)] },
      ...invoke.permissions(input),
    ],
    run: invoke.run,
  };

  return { Invoke: invoke, InvokeFunctionUrl: invokeByUrl };
}

/** A result that Lambda can't hand over is an error of the function. */
function limited(outcome: { payload: string; failed: boolean }): { payload: string; failed: boolean } {
  const bytes = Buffer.byteLength(outcome.payload);
  if (bytes <= maximumPayloadBytes) return outcome;
  const errorMessage = `Response payload size (${bytes} bytes) exceeded maximum allowed payload size (${maximumPayloadBytes} bytes).`;
  return { failed: true, payload: JSON.stringify({ errorType: 'Function.ResponseSizeTooLarge', errorMessage }) };
}
