// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are CloudFormation’s own placeholders
import { expect, test } from 'vitest';
import type { ResourceProvider } from '#local-cloud/cloud/service.ts';
import type { Assembly, TemplateResource } from '#local-cloud/template/assembly.ts';
import { creationOrder } from '#local-cloud/template/dependencies.ts';
import { refusals } from '#local-cloud/template/refusals.ts';

const provider = (...properties: string[]): ResourceProvider => ({ properties, create: async () => ({ ref: 'x' }) });
const resource = (Type: string, Properties: Record<string, unknown> = {}): TemplateResource => ({ Type, Properties });

function assemblyOf(Resources: Record<string, TemplateResource>): Assembly {
  const stack = { name: 'S', Resources, Outputs: {}, Parameters: {}, Conditions: {}, Mappings: {} };
  return { directory: '', stacks: [stack], assets: new Map() };
}

test('names every unknown type and property of all resources in one answer', () => {
  const assembly = assemblyOf({
    Known: resource('A::B::C', { Plain: 1, Deep: { Inner: 2, Other: 3 }, List: [{ In: 1, Out: 2 }] }),
    Strange: resource('A::B::Unknown'),
    Silent: resource('AWS::CloudWatch::Alarm', { AnyThing: true }),
  });
  const known = provider('Plain', 'Deep.Inner', 'List.In');
  expect(refusals(assembly, new Map([['A::B::C', known]]))).toEqual([
    'S/Known: A::B::C Deep.Other',
    'S/Known: A::B::C List.Out',
    'S/Strange: type A::B::Unknown',
  ]);
});

test.each([
  ['a subtree by its root', ['Deep'], []],
  ['one name by a star', ['Deep.*.Leaf'], []],
  ['nothing beside the listed name', ['Dee'], ['S/Known: A::B::C Deep.Any.Leaf']],
])('covers %s', (_, properties, expected) => {
  const assembly = assemblyOf({ Known: resource('A::B::C', { Deep: { Any: { Leaf: 1 } } }) });
  expect(refusals(assembly, new Map([['A::B::C', provider(...properties)]]))).toEqual(expected);
});

test('makes each resource after those that it names', () => {
  const order = creationOrder({
    Last: resource('T', { Text: { 'Fn::Sub': '${Middle.Arn}' } }),
    Middle: { ...resource('T', { List: [{ 'Fn::GetAtt': ['First', 'Arn'] }] }), DependsOn: 'Early' },
    First: resource('T'),
    Early: resource('T'),
  });
  expect(order).toEqual(['Early', 'First', 'Middle', 'Last']);
});

test('refuses resources that need each other', () => {
  const circle = { A: resource('T', { x: { Ref: 'B' } }), B: resource('T', { x: { Ref: 'A' } }) };
  expect(() => creationOrder(circle)).toThrow('A → B → A');
});
