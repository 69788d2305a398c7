import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { invokeOutput } from '#local-cloud/services/lambda/invoke-output.ts';
import { StateError } from '#local-cloud/services/step-functions/engine/state-error.ts';
import type { VisitContext } from '#local-cloud/services/step-functions/engine/visit-context.ts';
import { serviceFailure } from './service-failure.ts';

const failureReport = z.looseObject({ errorType: z.string().optional() });

/** Invokes a function that the Resource names, with the arguments as its event; answers what it gave. */
export async function invokePlainFunction(context: VisitContext, arn: string, event: unknown): Promise<unknown> {
  return parsed(await invoke(context, { FunctionName: arn, Payload: JSON.stringify(event) }));
}

const invokeArguments = z.looseObject({ FunctionName: z.string(), Payload: z.unknown().optional() });

/** `lambda:invoke`: the function and its event are among the arguments, and the answer is that of the API. */
export async function invokeFunction(context: VisitContext, parameters: unknown): Promise<unknown> {
  const asked = invokeArguments.safeParse(parameters);
  if (!asked.success) throw new StateError('States.Runtime', z.prettifyError(asked.error));
  const { Payload, ...rest } = asked.data;
  const payload = await invoke(context, { ...rest, Payload: JSON.stringify(Payload ?? {}) });
  const requestId = randomUUID();
  const headers = {
    Connection: 'keep-alive',
    'Content-Length': String(Buffer.byteLength(payload)),
    'Content-Type': 'application/json',
    Date: new Date(context.run.engine.context.clock.now()).toUTCString(),
    'X-Amz-Executed-Version': '$LATEST',
    'x-amzn-Remapped-Content-Length': '0',
    'x-amzn-RequestId': requestId,
  };
  return {
    ExecutedVersion: '$LATEST',
    Payload: parsed(payload),
    SdkHttpMetadata: {
      AllHttpHeaders: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])),
      HttpHeaders: headers,
      HttpStatusCode: 200,
    },
    SdkResponseMetadata: { RequestId: requestId },
    StatusCode: 200,
  };
}

async function invoke({ run }: VisitContext, input: Readonly<Record<string, unknown>>): Promise<string> {
  const { context } = run.engine;
  const role = context.roleOf(run.execution.machine.roleArn);
  const answer = await context.call(role, 'lambda', 'Invoke', input).catch((error: unknown) => {
    throw serviceFailure(error, 'Lambda');
  });
  const { FunctionError, Payload } = invokeOutput.parse(answer);
  const text = Buffer.from(Payload).toString('utf8');
  if (FunctionError === undefined) return text;
  const report = failureReport.safeParse(parsed(text));
  throw new StateError(report.data?.errorType ?? 'Lambda.Unknown', text);
}

function parsed(text: string): unknown {
  return text === '' ? null : JSON.parse(text);
}
