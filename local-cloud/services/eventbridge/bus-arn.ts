import type { CloudContext } from '#local-cloud/cloud/service.ts';

export function busArn({ region, account }: CloudContext, nameOrArn: string): string {
  return nameOrArn.startsWith('arn:') ? nameOrArn : `arn:aws:events:${region}:${account}:event-bus/${nameOrArn}`;
}
