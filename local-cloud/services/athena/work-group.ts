import * as z from 'zod';
import type { ResourceProvider } from '#local-cloud/cloud/service.ts';
import { athenaError } from './errors.ts';

const workGroupProperties = z.object({
  Name: z.string(),
  State: z.string().optional(),
  WorkGroupConfiguration: z
    .object({
      EnforceWorkGroupConfiguration: z.boolean().optional(),
      BytesScannedCutoffPerQuery: z.coerce.number().optional(),
      ResultConfiguration: z.object({ OutputLocation: z.string().optional() }).optional(),
    })
    .optional(),
});

/** A workgroup: where results go and how much a query may scan. */
export interface WorkGroup {
  readonly name: string;
  readonly state: string;
  /** Whether the workgroup's location overrides the client's. */
  readonly enforced: boolean;
  readonly outputLocation?: string;
  readonly scanCutoffBytes?: number;
}

export interface WorkGroups {
  readonly provider: ResourceProvider;
  named(name: string): WorkGroup;
}

/** The workgroups of the template, and `primary`, which every account has. */
export function createWorkGroups(): WorkGroups {
  const groups = new Map<string, WorkGroup>([['primary', { name: 'primary', state: 'ENABLED', enforced: false }]]);
  return {
    named(name) {
      const group = groups.get(name);
      if (group === undefined) throw athenaError('InvalidRequestException', `WorkGroup ${name} is not found.`);
      return group;
    },
    provider: {
      properties: [
        'Name',
        'Description',
        'State',
        'RecursiveDeleteOption',
        'Tags',
        'WorkGroupConfiguration.EnforceWorkGroupConfiguration',
        'WorkGroupConfiguration.PublishCloudWatchMetricsEnabled',
        'WorkGroupConfiguration.BytesScannedCutoffPerQuery',
        'WorkGroupConfiguration.RequesterPaysEnabled',
        'WorkGroupConfiguration.EngineVersion.*',
        'WorkGroupConfiguration.ResultConfiguration.OutputLocation',
        'WorkGroupConfiguration.ResultConfiguration.EncryptionConfiguration.*',
        'WorkGroupConfiguration.ResultConfiguration.ExpectedBucketOwner',
        'WorkGroupConfiguration.ResultConfiguration.AclConfiguration.*',
      ],
      async create(properties) {
        const { Name, State, WorkGroupConfiguration: configuration } = workGroupProperties.parse(properties);
        const outputLocation = configuration?.ResultConfiguration?.OutputLocation;
        const scanCutoffBytes = configuration?.BytesScannedCutoffPerQuery;
        groups.set(Name, {
          name: Name,
          state: State ?? 'ENABLED',
          enforced: configuration?.EnforceWorkGroupConfiguration ?? true,
          ...(outputLocation === undefined ? {} : { outputLocation }),
          ...(scanCutoffBytes === undefined ? {} : { scanCutoffBytes }),
        });
        return { ref: Name, attributes: { CreationTime: '0' } };
      },
    },
  };
}
