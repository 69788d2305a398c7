import { document } from '#local-cloud/services/step-functions/engine/history-event.ts';
import type { Resource } from './resource.ts';
import type { Limits } from './within-limits.ts';

type Details = Readonly<Record<string, unknown>>;
type Event = readonly [type: string, details?: Details];

/** What a task's events are called, and what is in each. */
export interface TaskEvents {
  scheduled(parameters: unknown, limits: Limits): Event;
  started(): Event;
  submitted(output: unknown): Event;
  succeeded(output: Details): Event;
  failed(error: Details): Event;
  timedOut(error: Details): Event;
}

/** A function that is named by its ARN has events of its own, from before there were integrations. */
export function taskEvents(resource: Resource, region: string): TaskEvents {
  const within = ({ timeoutSeconds, heartbeatSeconds }: Limits) => ({
    ...(timeoutSeconds === undefined ? {} : { timeoutInSeconds: timeoutSeconds }),
    ...(heartbeatSeconds === undefined ? {} : { heartbeatInSeconds: heartbeatSeconds }),
  });
  if (resource.kind === 'function') {
    return {
      scheduled: (parameters, limits) => [
        'LambdaFunctionScheduled',
        { ...document('input', parameters), resource: resource.arn, ...within(limits) },
      ],
      started: () => ['LambdaFunctionStarted'],
      submitted: () => ['LambdaFunctionStarted'],
      succeeded: (output) => ['LambdaFunctionSucceeded', output],
      failed: (error) => ['LambdaFunctionFailed', error],
      timedOut: (error) => ['LambdaFunctionTimedOut', error],
    };
  }
  const named = { resource: resource.action, resourceType: resource.type };
  return {
    scheduled: (parameters, limits) => [
      'TaskScheduled',
      { ...named, region, parameters: JSON.stringify(parameters), ...within(limits) },
    ],
    started: () => ['TaskStarted', named],
    submitted: (output) => ['TaskSubmitted', { ...named, ...document('output', output) }],
    succeeded: (output) => ['TaskSucceeded', { ...named, ...output }],
    failed: (error) => ['TaskFailed', { ...named, ...error }],
    timedOut: (error) => ['TaskTimedOut', { ...named, ...error }],
  };
}
