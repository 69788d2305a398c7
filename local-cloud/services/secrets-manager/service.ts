import { join } from 'node:path';
import * as z from 'zod';
import { jsonFile } from '#local-cloud/cloud/json-file.ts';
import type { CloudContext, ResourceProvider, Service } from '#local-cloud/cloud/service.ts';
import { perCall } from '#local-cloud/metering/per-call.ts';
import { generateSecret, generation } from './generate-secret.ts';
import { secretOperations } from './operations.ts';
import type { Secret } from './secret.ts';

const secretProperties = z.object({
  Name: z.string().optional(),
  Description: z.string().optional(),
  SecretString: z.string().optional(),
  GenerateSecretString: generation.optional(),
});

const storedSecrets = z.record(
  z.string(),
  z.object({ value: z.string(), createdMs: z.number(), versionId: z.string() }),
);

/** Secrets Manager: secrets of the template, generated once and kept in the state directory. */
export function createSecretsManagerService(context: CloudContext): Service {
  const file = jsonFile(join(context.stateDirectory, 'secrets.json'), storedSecrets);
  const secrets = new Map<string, Secret>();

  const secret: ResourceProvider = {
    // There is one region here, and no copy in another.
    properties: ['Description', 'GenerateSecretString', 'Name', 'ReplicaRegions', 'SecretString'],
    create: async (properties, resource) => {
      const parsed = secretProperties.parse(properties);
      const name = parsed.Name ?? resource.physicalName();
      const stored = file.read() ?? {};
      const kept = stored[name] ?? {
        value: parsed.SecretString ?? generateSecret(parsed.GenerateSecretString),
        createdMs: context.clock.now(),
        versionId: crypto.randomUUID(),
      };
      if (stored[name] === undefined) file.write({ ...stored, [name]: kept });
      // AWS ends a secret's ARN with six random characters, so that a policy on an old secret misses a new one.
      const arn = `arn:aws:secretsmanager:${resource.region}:${resource.account}:secret:${name}-${kept.versionId.slice(0, 6)}`;
      secrets.set(arn, { arn, name, description: parsed.Description, ...kept });
      return { ref: arn, attributes: { Id: arn } };
    },
  };

  return {
    name: 'secretsmanager',
    wire: { protocol: 'json', target: 'secretsmanager' },
    bills: perCall,
    operations: secretOperations(secrets),
    resources: { 'AWS::SecretsManager::Secret': secret },
  };
}
