// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are CloudFormation’s own placeholders
import { describe, expect, test } from 'vitest';
import { noValue, resolve, type Scope } from '#local-cloud/template/intrinsics.ts';

const scope: Scope = {
  ref: (name) => (name === 'AWS::NoValue' ? noValue : `ref-${name}`),
  attribute: (id, name) => `att-${id}-${name}`,
  exported: (name) => `exported-${name}`,
  stackOutput: (stack, output) => `${stack}/${output}`,
  condition: (name) => name === 'Yes',
  mapped: (...path) => path.join('/'),
};

describe('resolve', () => {
  test.each([
    ['Ref', { Ref: 'A' }, 'ref-A'],
    ['Fn::GetAtt as a list', { 'Fn::GetAtt': ['A', 'Arn'] }, 'att-A-Arn'],
    ['Fn::GetAtt as a text', { 'Fn::GetAtt': 'A.Nested.Arn' }, 'att-A-Nested.Arn'],
    ['Fn::Join over references', { 'Fn::Join': ['-', ['x', { Ref: 'A' }, 3]] }, 'x-ref-A-3'],
    ['Fn::Sub with attributes and escapes', { 'Fn::Sub': '${A}:${B.Arn}:${!C}' }, 'ref-A:att-B-Arn:${C}'],
    ['Fn::Sub with own variables', { 'Fn::Sub': ['${x}/${A}', { x: { Ref: 'X' } }] }, 'ref-X/ref-A'],
    ['Fn::Select of Fn::Split', { 'Fn::Select': ['1', { 'Fn::Split': [':', 'a:b:c'] }] }, 'b'],
    ['Fn::ImportValue', { 'Fn::ImportValue': 'name' }, 'exported-name'],
    ['Fn::GetStackOutput', { 'Fn::GetStackOutput': { StackName: 'S', OutputName: 'O', Region: 'r' } }, 'S/O'],
    ['Fn::If, true', { 'Fn::If': ['Yes', 'a', { 'Fn::Unknown': 1 }] }, 'a'],
    ['Fn::If, false', { 'Fn::If': ['No', 'a', { Ref: 'B' }] }, 'ref-B'],
    ['Fn::FindInMap', { 'Fn::FindInMap': ['M', 'k', 's'] }, 'M/k/s'],
    ['Fn::Not of Fn::Equals', { 'Fn::Not': [{ 'Fn::Equals': [{ Ref: 'A' }, 'ref-A'] }] }, false],
  ])('answers %s', (_, value, expected) => {
    expect(resolve(value, scope)).toBe(expected);
  });

  test('leaves out what refers to AWS::NoValue', () => {
    expect(resolve({ a: { Ref: 'AWS::NoValue' }, b: [1, { Ref: 'AWS::NoValue' }] }, scope)).toEqual({ b: [1] });
  });

  test('refuses a function that it does not know by name', () => {
    expect(() => resolve({ a: { 'Fn::Cidr': ['10.0.0.0/8'] } }, scope)).toThrow('Fn::Cidr');
  });
});
