import type { Principal } from '#local-cloud/iam/principal.ts';

/** Who calls: the principals behind access keys, and the functions that act in roles. */
export interface Callers {
  /** The key of the developer at the keyboard, who may do everything. */
  readonly rootKey: string;
  principalOf(accessKeyId: string): Principal | undefined;
  /** A new access key of a role. */
  keyFor(role: Principal): string;
  nameFunction(construct: string, arn: string, roleArn: string): void;
  /** Construct id of the function that calls or, for Invoke, that is called. */
  functionOf(principal: Principal, input: Readonly<Record<string, unknown>>): string | undefined;
}

/** Knows the developer only. */
export function createCallers(): Callers {
  const rootKey = 'LOCALROOT';
  const principals = new Map<string, Principal>([[rootKey, { kind: 'root' }]]);
  const functionNames = new Map<string, string>();
  return {
    rootKey,
    principalOf: (accessKeyId) => principals.get(accessKeyId),
    keyFor(role) {
      const accessKeyId = `LOCALROLE${principals.size}`;
      principals.set(accessKeyId, role);
      return accessKeyId;
    },
    nameFunction(construct, arn, roleArn) {
      functionNames.set(arn, construct).set(roleArn, construct);
    },
    functionOf: (principal, { FunctionName }) =>
      functionNames.get(
        typeof FunctionName === 'string' ? FunctionName : principal.kind === 'role' ? principal.roleArn : '',
      ),
  };
}
