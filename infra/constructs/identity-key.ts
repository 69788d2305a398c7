import { RemovalPolicy, Validations } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import type { StageConfig } from '#infra/config.ts';

/** The HMAC key under which identifiers become keyed hashes. Whoever loses it can't find a customer again: see docs/deploying.md for copies of it. */
export class IdentityKey extends Secret {
  constructor(scope: Construct, id: string, { identityKeyCopyIn: copyIn }: Pick<StageConfig, 'identityKeyCopyIn'>) {
    super(scope, id, {
      description:
        'Key of the hashes that stand for identifiers; losing or changing it parts customers from their history',
      generateSecretString: { passwordLength: 64, excludePunctuation: true },
      removalPolicy: RemovalPolicy.RETAIN,
      ...(copyIn !== undefined && { replicaRegions: [{ region: copyIn }] }),
    });
    Validations.of(this).acknowledge({
      id: 'AwsSolutions-SMG4',
      reason: 'A rotated key would give every identifier a new hash and cut all customers off from their profiles.',
    });
  }
}
