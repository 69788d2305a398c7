import * as z from 'zod';
import { type Permission, type ResourceContext, type Service, ServiceError } from '#local-cloud/cloud/service.ts';
import { managedPolicies } from './managed-policies.ts';
import { type RequestFacts, readPolicy, type Statement } from './policy.ts';
import type { Principal } from './principal.ts';

/** Roles and policies of the template, and the answer to "may this principal do that?". */
export interface Iam {
  readonly service: Service;
  /** Adds a policy that sits on a resource, such as a queue's. */
  addResourcePolicy(resourceArn: string, statements: readonly Statement[]): void;
  hasRole(roleArn: string): boolean;
  /** Throws AccessDeniedException when any permission is missing. */
  authorise(principal: Principal, permissions: readonly Permission[]): void;
}

const policy = z.object({ PolicyName: z.string().optional(), PolicyDocument: z.unknown() });
const role = z.object({
  RoleName: z.string().optional(),
  ManagedPolicyArns: z.array(z.string()).default([]),
  Policies: z.array(policy).default([]),
});
const attachedPolicy = policy.extend({ Roles: z.array(z.string()).default([]) });

/** Starts without any role. */
export function createIam(account: string): Iam {
  const rolePolicies = new Map<string, Statement[]>();
  const resourcePolicies = new Map<string, Statement[]>();
  const arnOf = (name: string) => `arn:aws:iam::${account}:role/${name}`;

  const createRole = async (properties: unknown, context: ResourceContext) => {
    const { RoleName, ManagedPolicyArns, Policies } = role.parse(properties);
    const name = RoleName ?? context.physicalName();
    rolePolicies.set(arnOf(name), [
      ...ManagedPolicyArns.flatMap(managedPolicy),
      ...Policies.flatMap(({ PolicyDocument }) => readPolicy(PolicyDocument)),
    ]);
    return { ref: name, attributes: { Arn: arnOf(name), RoleId: name } };
  };

  const createPolicy = async (properties: unknown, context: ResourceContext) => {
    const { PolicyDocument, Roles } = attachedPolicy.parse(properties);
    for (const name of Roles) rolePolicies.get(arnOf(name))?.push(...readPolicy(PolicyDocument));
    return { ref: context.physicalName(), attributes: { Id: context.physicalName() } };
  };

  const isAllowed = (principal: Principal, action: string, resource: string): boolean => {
    if (principal.kind === 'root') return true;
    // Lambda invokes functions for its own event source mappings without asking the function's policy.
    if (principal.kind === 'service' && principal.service === 'lambda.amazonaws.com') {
      return action === 'lambda:InvokeFunction';
    }
    const facts: RequestFacts =
      principal.kind === 'service' ? { account, sourceArn: principal.sourceArn } : { account };
    const own = principal.kind === 'role' ? (rolePolicies.get(principal.roleArn) ?? []) : [];
    const onResource = (resourcePolicies.get(resource) ?? []).filter((item) => speaksOf(item, principal, account));
    const speaking = [...own, ...onResource].filter((item) => item.covers(action, resource, facts));
    return speaking.length > 0 && speaking.every(({ effect }) => effect === 'Allow');
  };

  return {
    service: {
      name: 'iam',
      operations: {},
      resources: {
        'AWS::IAM::Role': {
          properties: ['AssumeRolePolicyDocument', 'Description', 'ManagedPolicyArns', 'Policies', 'RoleName'],
          create: createRole,
        },
        // What CDK takes out of a role's own policy when that is full.
        'AWS::IAM::ManagedPolicy': {
          properties: ['Description', 'Path', 'PolicyDocument', 'Roles'],
          create: createPolicy,
        },
        'AWS::IAM::Policy': { properties: ['PolicyDocument', 'PolicyName', 'Roles'], create: createPolicy },
      },
    },
    addResourcePolicy(resourceArn, statements) {
      resourcePolicies.set(resourceArn, [...(resourcePolicies.get(resourceArn) ?? []), ...statements]);
    },
    hasRole: (roleArn) => rolePolicies.has(roleArn),
    authorise(principal, permissions) {
      for (const { action, resources } of permissions) {
        const denied = resources.find((resource) => !isAllowed(principal, action, resource));
        if (denied !== undefined) throw accessDenied(principal, action, denied);
      }
    },
  };
}

function managedPolicy(arn: string): readonly Statement[] {
  const name = arn.split('/').at(-1) ?? arn;
  const actions = managedPolicies[name];
  if (!actions) throw new Error(`the local cloud does not know the managed policy ${name}`);
  return readPolicy({ Version: '2012-10-17', Statement: { Effect: 'Allow', Action: actions, Resource: '*' } });
}

function speaksOf({ principals }: Statement, principal: Principal, account: string): boolean {
  if (principals === undefined || principals === '*' || principals.AWS?.includes('*')) return true;
  if (principal.kind === 'service') return principals.Service?.includes(principal.service) ?? false;
  if (principal.kind !== 'role') return false;
  const names = [principal.roleArn, account, `arn:aws:iam::${account}:root`];
  return principals.AWS?.some((name) => names.includes(name)) ?? false;
}

function accessDenied(principal: Principal, action: string, resource: string): ServiceError {
  const who = principal.kind === 'role' ? principal.roleArn : principal.kind === 'service' ? principal.service : 'root';
  return new ServiceError(
    'AccessDeniedException',
    `User: ${who} is not authorized to perform: ${action} on resource: ${resource} because no policy allows the ${action} action`,
    400,
  );
}
