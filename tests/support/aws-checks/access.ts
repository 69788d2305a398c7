import type { Json } from '#support/stage-templates.ts';
import { type AwsCheck, type CheckedStage, every, policyLength } from './aws-check.ts';

const role = 'AWS::IAM::Role';
const quotas = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html';
const large = {
  Statement: Array.from({ length: 60 }, () => ({
    Effect: 'Allow',
    Action: 'a'.repeat(100),
    Resource: 'r'.repeat(100),
  })),
};

const inline = (stage: CheckedStage, id: string, { Policies = [] }: Json): readonly Json[] => [
  ...Policies.map(({ PolicyDocument }: Json) => PolicyDocument),
  ...stage
    .resources('AWS::IAM::Policy')
    .filter(({ properties }) => properties.Roles?.some((each: Json) => stage.text(each) === id))
    .map(({ properties }) => properties.PolicyDocument),
];

export const accessChecks: readonly AwsCheck[] = [
  {
    law: 'The inline policies of a role have at most 10,240 characters together, white space left out',
    source: quotas,
    faults: every(
      role,
      (properties, stage, id) =>
        inline(stage, id, properties).reduce((sum, document) => sum + policyLength(document), 0) <= 10_240,
    ),
    broken: {
      role: { Type: role },
      policy: { Type: 'AWS::IAM::Policy', Properties: { Roles: [{ Ref: 'role' }], PolicyDocument: large } },
    },
  },
  {
    law: 'A managed policy has at most 6,144 characters, white space left out',
    source: quotas,
    faults: every('AWS::IAM::ManagedPolicy', ({ PolicyDocument }) => policyLength(PolicyDocument) <= 6144),
    broken: { policy: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: large } } },
  },
  {
    law: 'A role’s trust policy has at most 2,048 characters, and a role at most ten managed policies',
    source: quotas,
    faults: every(
      role,
      ({ AssumeRolePolicyDocument = {}, ManagedPolicyArns = [] }) =>
        policyLength(AssumeRolePolicyDocument) <= 2048 && ManagedPolicyArns.length <= 10,
    ),
    broken: { role: { Type: role, Properties: { AssumeRolePolicyDocument: large } } },
  },
  {
    law: 'A secret is given or made up, not both',
    source:
      'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-secretsmanager-secret.html',
    faults: every(
      'AWS::SecretsManager::Secret',
      ({ SecretString, GenerateSecretString }) => SecretString === undefined || GenerateSecretString === undefined,
    ),
    broken: {
      secret: { Type: 'AWS::SecretsManager::Secret', Properties: { SecretString: 'x', GenerateSecretString: {} } },
    },
  },
];
