import { randomUUID } from 'node:crypto';
import type { Execution } from '#local-cloud/services/step-functions/engine/execution.ts';
import type { VisitContext } from '#local-cloud/services/step-functions/engine/visit-context.ts';
import type { Machine } from '#local-cloud/services/step-functions/language/machine.ts';

/** A child execution at work. */
export interface StartedChild {
  readonly arn: string;
  readonly ended: Promise<Execution>;
}

/**
 * Starts the child of a stored input, or goes on with the one that has begun, as anybody else would: the machine's role must allow it.
 * Throws AccessDeniedException. https://docs.aws.amazon.com/step-functions/latest/dg/iam-policies-eg-dist-map.html
 */
export function startChild(
  { run: { engine, execution } }: VisitContext,
  machine: Machine,
  mapRunArn: string,
  index: number,
  known: Execution | undefined,
): StartedChild {
  const { roleArn } = execution.machine;
  if (known?.status === 'RUNNING') return { arn: known.arn, ended: engine.resume(known) };
  if (known !== undefined) {
    engine.authorise(roleArn, 'states:RedriveExecution', known.arn);
    return { arn: known.arn, ended: engine.redrive(known) };
  }
  engine.authorise(roleArn, 'states:StartExecution', execution.machine.arn);
  const name = randomUUID();
  const arn = `${machine.arn.replace(':stateMachine:', ':execution:')}:${name}`;
  const input = engine.store.mapItem(mapRunArn, index);
  // To start a child is a transition of its parent.
  engine.context.meter.transitioned(execution.machine.name);
  return { arn, ended: engine.start({ arn, name, machine, input, mapRun: { arn: mapRunArn, index } }) };
}
