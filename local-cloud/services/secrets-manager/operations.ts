import type { Operation } from '#local-cloud/cloud/service.ts';
import { secretsManagerError } from './errors.ts';
import type { Secret } from './secret.ts';

/** Reads secrets by ARN or name. */
export function secretOperations(secrets: ReadonlyMap<string, Secret>): Readonly<Record<string, Operation>> {
  const find = (id: unknown): Secret => {
    const found = [...secrets.values()].find((secret) => secret.arn === id || secret.name === id);
    if (found === undefined)
      throw secretsManagerError('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
    return found;
  };
  const onSecret = (operation: string): Operation['permissions'] => {
    return (input) => [{ action: `secretsmanager:${operation}`, resources: [find(input.SecretId).arn] }];
  };

  return {
    DescribeSecret: {
      permissions: onSecret('DescribeSecret'),
      run: async (input) => {
        const { arn, name, description, createdMs, versionId } = find(input.SecretId);
        return {
          ARN: arn,
          Name: name,
          ...(description === undefined ? {} : { Description: description }),
          CreatedDate: createdMs / 1000,
          VersionIdsToStages: { [versionId]: ['AWSCURRENT'] },
        };
      },
    },
    GetSecretValue: {
      permissions: onSecret('GetSecretValue'),
      run: async (input) => {
        const { arn, name, value, createdMs, versionId } = find(input.SecretId);
        const stage = input.VersionStage ?? 'AWSCURRENT';
        if (stage !== 'AWSCURRENT' || (input.VersionId ?? versionId) !== versionId)
          throw secretsManagerError(
            'ResourceNotFoundException',
            `Secrets Manager can't find the specified secret value for staging label: ${String(stage)}`,
          );
        return {
          ARN: arn,
          Name: name,
          VersionId: versionId,
          SecretString: value,
          VersionStages: ['AWSCURRENT'],
          CreatedDate: createdMs / 1000,
        };
      },
    },
  };
}
