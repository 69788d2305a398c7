import { isRecord } from '#local-cloud/cloud/record.ts';
import type { TemplateResource } from './assembly.ts';
import { intrinsicOf } from './intrinsics.ts';

/** Logical ids of a stack in an order in which each comes after what it names. Throws on a circle. */
export function creationOrder(resources: Readonly<Record<string, TemplateResource>>): readonly string[] {
  const ordered: string[] = [];
  const state = new Map<string, 'open' | 'done'>();
  const visit = (id: string, path: readonly string[]): void => {
    const resource = resources[id];
    if (!resource || state.get(id) === 'done') return;
    if (state.get(id) === 'open')
      throw new Error(`the template's resources form a circle: ${[...path, id].join(' → ')}`);
    state.set(id, 'open');
    for (const name of dependenciesOf(resource)) visit(name, [...path, id]);
    state.set(id, 'done');
    ordered.push(id);
  };
  for (const id of Object.keys(resources)) visit(id, []);
  return ordered;
}

function dependenciesOf(resource: TemplateResource): ReadonlySet<string> {
  const names = new Set<string>([resource.DependsOn ?? []].flat());
  collect(resource.Properties, names);
  return names;
}

function collect(value: unknown, names: Set<string>): void {
  if (Array.isArray(value)) for (const item of value) collect(item, names);
  if (!isRecord(value)) return;
  const intrinsic = intrinsicOf(value);
  if (intrinsic?.name === 'Ref' && typeof intrinsic.argument === 'string') names.add(intrinsic.argument);
  if (intrinsic?.name === 'Fn::GetAtt') names.add(String([intrinsic.argument].flat()[0]).split('.')[0] ?? '');
  if (intrinsic?.name === 'Fn::Sub') {
    const pattern = String([intrinsic.argument].flat()[0]);
    for (const [, name = ''] of pattern.matchAll(/\$\{([^}!.]+)/g)) names.add(name);
  }
  for (const item of Object.values(value)) collect(item, names);
}
