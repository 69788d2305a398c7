import { stepFunctionsError } from './errors.ts';
import type { Machine } from './language/machine.ts';

/** The state machines of the template. */
export interface Machines {
  add(machine: Machine): void;
  all(): readonly Machine[];
  /** Throws when there is none of that ARN. */
  byArn(arn: string): Machine;
}

export function createMachines(): Machines {
  const machines = new Map<string, Machine>();
  return {
    add: (machine) => machines.set(machine.arn, machine),
    all: () => [...machines.values()],
    byArn(arn) {
      const machine = machines.get(arn);
      if (machine === undefined)
        throw stepFunctionsError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn}'`);
      return machine;
    },
  };
}
