import type { Bindings } from '#local-cloud/services/step-functions/jsonata/evaluate.ts';
import type { Place } from './place.ts';
import type { Run } from './run.ts';
import type { Scope, Visit } from './scope.ts';

/** What expressions of a state see: https://docs.aws.amazon.com/step-functions/latest/dg/input-output-contextobject.html */
export function visitBindings(
  { execution, engine }: Run,
  scope: Scope,
  visit: Visit,
  place: Place,
  extra: Readonly<Record<string, unknown>>,
): Bindings {
  const { machine, redriveCount, redriveMs } = execution;
  const time = (ms: number) => new Date(ms).toISOString();
  const context = {
    Execution: {
      Id: execution.arn,
      Input: execution.input,
      StartTime: time(execution.startMs),
      Name: execution.name,
      RoleArn: machine.roleArn,
      RedriveCount: redriveCount,
      ...(redriveMs === undefined ? {} : { RedriveTime: time(redriveMs) }),
    },
    StateMachine: { Id: machine.arn, Name: machine.name },
    State: {
      Name: scope.state,
      EnteredTime: time(visit.enteredMs),
      ...(visit.retryCount === undefined ? {} : { RetryCount: visit.retryCount }),
    },
    ...(visit.token === undefined ? {} : { Task: { Token: visit.token } }),
    ...(place.mapItem === undefined ? {} : { Map: { Item: place.mapItem } }),
  };
  return {
    states: { input: scope.input, context, ...extra },
    variables: { ...place.outerVariables, ...scope.variables },
    nowMs: engine.context.clock.now(),
  };
}
