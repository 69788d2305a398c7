import {
  CloudFormationClient,
  DescribeStacksCommand,
  paginateListStackResources,
} from '@aws-sdk/client-cloudformation';
import type { Target } from '#scripts/target/target.ts';

/** A stack as CloudFormation tells of it. */
export interface DeployedStack {
  readonly name: string;
  readonly status: string;
  readonly resources: number;
  readonly outputs: Readonly<Record<string, string>>;
}

/** The stacks of the stage dev, by name. */
export async function deployedStacks(client: Target['client']): Promise<readonly DeployedStack[]> {
  const cloudFormation = new CloudFormationClient(client);
  const { Stacks = [] } = await cloudFormation.send(new DescribeStacksCommand({}));
  const stacks: DeployedStack[] = [];
  for (const { StackName = '', StackStatus = '', Outputs = [] } of Stacks) {
    if (!StackName.startsWith('Lemniscate-dev-')) continue;
    let resources = 0;
    for await (const page of paginateListStackResources({ client: cloudFormation }, { StackName }))
      resources += page.StackResourceSummaries?.length ?? 0;
    const outputs = Object.fromEntries(Outputs.map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]));
    stacks.push({ name: StackName, status: StackStatus, resources, outputs });
  }
  return stacks.sort((a, b) => a.name.localeCompare(b.name));
}
