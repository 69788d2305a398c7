import { expect, test } from 'vitest';
import { inertResource } from '#local-cloud/template/inert-types.ts';

const context = {
  logicalId: 'Domain',
  stackName: 'S',
  region: 'eu-central-1',
  account: '123456789012',
  assemblyDirectory: '',
  physicalName: () => 'domain-1',
};

test('stands in for a domain of the firm’s own, with a target that resolves nowhere', () => {
  const { ref, attributes } = inertResource('AWS::ApiGatewayV2::DomainName', context);
  expect(ref).toBe('domain-1');
  expect(attributes?.RegionalDomainName).toBe('domain-1.invalid');
});
