import { stepFunctionsError } from '#local-cloud/services/step-functions/errors.ts';
import { definitionFaults } from './definition-faults.ts';
import { type MachineDefinition, machineDefinition } from './state.ts';

/**
 * Reads a definition in the states language. What is not supported here is refused by name, with the path of where it stands;
 * definitions in JSONPath are. Throws InvalidDefinition.
 */
export function readDefinition(text: string): MachineDefinition {
  const refuse = (faults: readonly string[]) =>
    stepFunctionsError('InvalidDefinition', `Invalid State Machine Definition: ${faults.join('; ')}`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw refuse([`INVALID_JSON_DESCRIPTION: ${String(error)}`]);
  }
  const parsed = machineDefinition.safeParse(value);
  if (!parsed.success) {
    throw refuse(
      parsed.error.issues.map(({ path, message }) => `SCHEMA_VALIDATION_FAILED: ${message} at /${path.join('/')}`),
    );
  }
  const faults = definitionFaults(parsed.data);
  if (faults.length > 0) throw refuse(faults);
  return parsed.data;
}
