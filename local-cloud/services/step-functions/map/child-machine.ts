import { createHash } from 'node:crypto';
import { type Machine, makeMachine } from '#local-cloud/services/step-functions/language/machine.ts';
import type { MapState } from '#local-cloud/services/step-functions/language/state.ts';

/** What the children of a distributed map are executions of: the machine with the map's label, or one that is made from its name. */
export function childMachine(machine: Machine, stateName: string, { Label, ItemProcessor }: MapState): Machine {
  const label = Label ?? createHash('sha256').update(`${machine.arn} ${stateName}`).digest('hex').slice(0, 32);
  const { StartAt, States } = ItemProcessor;
  return makeMachine({
    arn: `${machine.arn}/${label}`,
    name: `${machine.name}/${label}`,
    roleArn: machine.roleArn,
    text: JSON.stringify({ QueryLanguage: machine.flow.QueryLanguage, StartAt, States }),
    createdMs: machine.createdMs,
  });
}
