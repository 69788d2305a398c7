import * as z from 'zod';
import type { ResourceProvider } from '#local-cloud/cloud/service.ts';
import type { Iam } from '#local-cloud/iam/iam.ts';
import { readPolicy } from '#local-cloud/iam/policy.ts';
import type { Functions } from './functions.ts';

const permission = z.object({
  Action: z.string(),
  FunctionName: z.string(),
  Principal: z.string(),
  SourceArn: z.string().optional(),
  SourceAccount: z.string().optional(),
});

/** Makes statements of functions' own policies. */
export function permissionProvider(iam: Iam, { arnOf }: Functions): ResourceProvider {
  return {
    properties: ['Action', 'FunctionName', 'Principal', 'SourceAccount', 'SourceArn'],
    async create(properties, { physicalName }) {
      const { Action, FunctionName, Principal, SourceArn, SourceAccount } = permission.parse(properties);
      const conditions = {
        ...(SourceArn === undefined ? {} : { ArnLike: { 'aws:SourceArn': SourceArn } }),
        ...(SourceAccount === undefined ? {} : { StringEquals: { 'aws:SourceAccount': SourceAccount } }),
      };
      const principals = Principal.endsWith('.amazonaws.com') ? { Service: Principal } : { AWS: Principal };
      const statement = { Effect: 'Allow', Action, Principal: principals, Condition: conditions };
      iam.addResourcePolicy(arnOf(FunctionName), readPolicy({ Version: '2012-10-17', Statement: [statement] }));
      return { ref: physicalName() };
    },
  };
}
