import * as z from 'zod';
import type { ResourceProvider } from '#local-cloud/cloud/service.ts';
import type { EngineContext } from './engine/engine.ts';
import { makeMachine } from './language/machine.ts';
import type { Machines } from './machines.ts';

const machineProperties = z.object({
  StateMachineName: z.string().optional(),
  StateMachineType: z.literal('STANDARD').default('STANDARD'),
  RoleArn: z.string(),
  DefinitionString: z.string(),
  DefinitionSubstitutions: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).default({}),
});

/** AWS::StepFunctions::StateMachine: reads the definition, and refuses by name what of it is not supported here. */
export function machineProvider(context: EngineContext, machines: Machines): ResourceProvider {
  return {
    // Nobody looks at logs and traces of a local machine: they do nothing here.
    properties: [
      'DefinitionString',
      'DefinitionSubstitutions.*',
      'LoggingConfiguration.*',
      'RoleArn',
      'StateMachineName',
      'StateMachineType',
      'TracingConfiguration.*',
    ],
    async create(properties, { physicalName, logicalId, stackName }) {
      const parsed = machineProperties.parse(properties);
      const name = parsed.StateMachineName ?? physicalName(80);
      const arn = `arn:aws:states:${context.region}:${context.account}:stateMachine:${name}`;
      const text = parsed.DefinitionString.replace(/\$\{([\w-]+)\}/g, (whole, key: string) =>
        String(parsed.DefinitionSubstitutions[key] ?? whole),
      );
      context.roleOf(parsed.RoleArn);
      try {
        machines.add(makeMachine({ arn, name, roleArn: parsed.RoleArn, text, createdMs: context.clock.now() }));
      } catch (error) {
        throw new Error(`${stackName}/${logicalId}: ${error instanceof Error ? error.message : String(error)}`, {
          cause: error,
        });
      }
      return { ref: arn, attributes: { Arn: arn, Name: name } };
    },
  };
}
