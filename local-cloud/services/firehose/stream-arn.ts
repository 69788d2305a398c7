import type { CloudContext } from '#local-cloud/cloud/service.ts';

export function streamArn({ region, account }: CloudContext, name: string): string {
  return `arn:aws:firehose:${region}:${account}:deliverystream/${name}`;
}
