import { StateError } from '#local-cloud/services/step-functions/engine/state-error.ts';
import type { VisitContext } from '#local-cloud/services/step-functions/engine/visit-context.ts';
import { callService } from './call-service.ts';
import { invokeFunction, invokePlainFunction } from './invoke-function.ts';
import type { Resource } from './resource.ts';
import { runQuery } from './run-query.ts';
import { sdkMetadata } from './sdk-metadata.ts';
import type { TokenMessage } from './task-tokens.ts';

/** Does what a resource stands for. `submitted` is told what was answered to a request when the result comes later. */
export async function taskWork(
  context: VisitContext,
  resource: Resource,
  parameters: unknown,
  submitted: (output: unknown) => void,
): Promise<unknown> {
  if (resource.kind === 'function') return await invokePlainFunction(context, resource.arn, parameters);
  const { task, token } = context.visit;
  if (task !== undefined && token !== undefined) {
    const message = messageFor(context, token);
    if (task.isSubmitted !== true) {
      const output = await request(context, resource, parameters);
      task.isSubmitted = true;
      submitted(output);
      context.commit();
    }
    return answerOf(await context.presence.away(message));
  }
  if (resource.pattern === 'sync') return await runQuery(context, parameters, submitted);
  return await request(context, resource, parameters);
}

async function request(
  context: VisitContext,
  resource: Extract<Resource, { readonly kind: 'integration' }>,
  parameters: unknown,
): Promise<unknown> {
  if (resource.type === 'lambda') return await invokeFunction(context, parameters);
  const output = await callService(context, resource, parameters);
  return resource.type.startsWith('aws-sdk:') ? output : { ...output, ...sdkMetadata(output) };
}

/** Resolves when the task that the token stands for has succeeded or failed. */
function messageFor({ run, visit, place }: VisitContext, token: string): Promise<TokenMessage> {
  return new Promise((resolve) => {
    const stop = run.engine.tokens.listen(token, (message) => {
      if (message.kind === 'heartbeat') {
        if (visit.task !== undefined) visit.task.heartbeatMs = run.engine.context.clock.now();
        return;
      }
      stop();
      resolve(message);
    });
    place.signal.addEventListener('abort', stop, { once: true });
  });
}

function answerOf(message: TokenMessage): unknown {
  if (message.kind === 'success') return message.output;
  if (message.kind === 'failure') throw new StateError(message.error, message.cause);
  throw new Error('a heartbeat ends no task');
}
