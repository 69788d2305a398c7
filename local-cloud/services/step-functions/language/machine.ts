import { readDefinition } from './read-definition.ts';
import type { MachineDefinition } from './state.ts';

/** What a state machine is made from, and stored as. */
export interface MachineSource {
  readonly arn: string;
  readonly name: string;
  readonly roleArn: string;
  /** The definition as it was given, with its substitutions made. */
  readonly text: string;
  readonly createdMs: number;
}

/** A state machine that can be run. */
export interface Machine extends MachineSource {
  readonly flow: MachineDefinition;
}

const read = new Map<string, MachineDefinition>();

/** The machine of a source. Throws when its definition holds what is not supported. */
export function makeMachine(source: MachineSource): Machine {
  const flow = read.get(source.text) ?? readDefinition(source.text);
  read.set(source.text, flow);
  return { ...source, flow };
}
