import { isRecord } from '#local-cloud/cloud/record.ts';
import type { ResourceProvider } from '#local-cloud/cloud/service.ts';
import type { Assembly } from './assembly.ts';
import { inertTypes } from './inert-types.ts';
import { intrinsicOf } from './intrinsics.ts';

/** Everything in the assembly that the local cloud would not honour, by name. Empty when all of it is known. */
export function refusals(assembly: Assembly, providers: ReadonlyMap<string, ResourceProvider>): readonly string[] {
  const found: string[] = [];
  for (const stack of assembly.stacks) {
    for (const [logicalId, { Type, Properties }] of Object.entries(stack.Resources)) {
      const provider = providers.get(Type);
      if (!provider) {
        if (!(Type in inertTypes)) found.push(`${stack.name}/${logicalId}: type ${Type}`);
        continue;
      }
      for (const path of leafPaths(Properties)) {
        if (!isCovered(path, provider.properties)) found.push(`${stack.name}/${logicalId}: ${Type} ${path.join('.')}`);
      }
    }
  }
  return found;
}

/** Paths of all leaves; lists are transparent, and an intrinsic function is a leaf. */
function leafPaths(value: unknown, path: readonly string[] = []): readonly (readonly string[])[] {
  if (Array.isArray(value)) {
    return value.length === 0 ? [path] : value.flatMap((item) => leafPaths(item, path));
  }
  if (!isRecord(value) || intrinsicOf(value) || Object.keys(value).length === 0) return [path];
  return Object.entries(value).flatMap(([key, item]) => leafPaths(item, [...path, key]));
}

/** A listed path covers itself and all below it; `*` stands for one name. Tags never matter here. */
function isCovered(path: readonly string[], properties: readonly string[]): boolean {
  if (path.length === 0 || path[0] === 'Tags') return true;
  return properties.some((listed) => {
    const names = listed.split('.');
    const covers = names.every((name, index) => name === '*' || name === path[index] || index >= path.length);
    return covers && (names.length <= path.length || names.slice(0, path.length).join('.') === path.join('.'));
  });
}
