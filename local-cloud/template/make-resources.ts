import { createHash } from 'node:crypto';
import { isRecord } from '#local-cloud/cloud/record.ts';
import type { Resource, ResourceContext, ResourceProvider } from '#local-cloud/cloud/service.ts';
import type { Assembly, Stack } from './assembly.ts';
import { creationOrder } from './dependencies.ts';
import { inertResource } from './inert-types.ts';
import { isTrue, noValue, resolve, type Scope } from './intrinsics.ts';
import { refusals } from './refusals.ts';

/** Where the resources are made: they get ARNs of this region and account. */
export interface Place {
  readonly region: string;
  readonly account: string;
}

/** What deploying an assembly gives: each stack's outputs, by stack and output name. */
export type StackOutputs = ReadonlyMap<string, Readonly<Record<string, string>>>;

/** Makes every resource of the assembly, stack by stack; first refuses, in one error, all that no provider honours. */
export async function makeResources(
  assembly: Assembly,
  providers: ReadonlyMap<string, ResourceProvider>,
  place: Place,
): Promise<StackOutputs> {
  const refused = refusals(assembly, providers);
  if (refused.length > 0) {
    throw new Error(`the local cloud does not know ${refused.length} part(s) of the template:\n${refused.join('\n')}`);
  }
  const outputs = new Map<string, Readonly<Record<string, string>>>();
  const exports = new Map<string, string>();
  for (const stack of assembly.stacks) {
    const made = new Map<string, Resource>();
    const scope = stackScope(stack, made, outputs, exports, place);
    for (const logicalId of creationOrder(stack.Resources)) {
      const template = stack.Resources[logicalId];
      if (!template || (template.Condition && !scope.condition(template.Condition))) continue;
      const properties = resolve(template.Properties, scope);
      const context = resourceContext(assembly, stack, logicalId, place);
      const provider = providers.get(template.Type);
      if (!isRecord(properties)) throw new Error(`${stack.name}/${logicalId}: properties are not an object`);
      made.set(
        logicalId,
        provider ? await provider.create(properties, context) : inertResource(template.Type, context),
      );
    }
    const values = Object.entries(stack.Outputs).map(([name, output]) => {
      const value = String(resolve(output.Value, scope));
      if (output.Export) exports.set(String(resolve(output.Export.Name, scope)), value);
      return [name, value] as const;
    });
    outputs.set(stack.name, Object.fromEntries(values));
  }
  return outputs;
}

function resourceContext(assembly: Assembly, stack: Stack, logicalId: string, place: Place): ResourceContext {
  return {
    logicalId,
    stackName: stack.name,
    ...place,
    assemblyDirectory: assembly.directory,
    physicalName(maxLength = 64) {
      const suffix = createHash('sha256').update(`${stack.name}/${logicalId}`).digest('hex').slice(0, 12);
      return `${`${stack.name}-${logicalId}`.slice(0, maxLength - suffix.length - 1)}-${suffix}`;
    },
  };
}

function stackScope(
  stack: Stack,
  made: ReadonlyMap<string, Resource>,
  outputs: StackOutputs,
  exports: ReadonlyMap<string, string>,
  { region, account }: Place,
): Scope {
  const pseudo: Readonly<Record<string, unknown>> = {
    'AWS::Region': region,
    'AWS::AccountId': account,
    'AWS::Partition': 'aws',
    'AWS::URLSuffix': 'amazonaws.com',
    'AWS::StackName': stack.name,
    'AWS::StackId': `arn:aws:cloudformation:${region}:${account}:stack/${stack.name}/local`,
    'AWS::NotificationARNs': [],
    'AWS::NoValue': noValue,
  };
  const scope: Scope = {
    ref(name) {
      if (name in pseudo) return pseudo[name];
      return made.get(name)?.ref ?? stack.Parameters[name]?.Default ?? missing(stack, `Ref ${name}`);
    },
    attribute: (id, name) => made.get(id)?.attributes?.[name] ?? missing(stack, `Fn::GetAtt ${id}.${name}`),
    exported: (name) => exports.get(name) ?? missing(stack, `Fn::ImportValue ${name}`),
    stackOutput: (other, name) => outputs.get(other)?.[name] ?? missing(stack, `Fn::GetStackOutput ${other}.${name}`),
    condition: (name) => isTrue(stack.Conditions[name] ?? missing(stack, `condition ${name}`), scope),
    mapped: (map, key, subKey) =>
      stack.Mappings[map]?.[key]?.[subKey] ?? missing(stack, `Fn::FindInMap ${map}.${key}.${subKey}`),
  };
  return scope;
}

function missing(stack: Stack, what: string): never {
  throw new Error(`${stack.name}: nothing answers ${what}`);
}
