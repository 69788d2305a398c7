import { randomInt } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as z from 'zod';
import {
  type CloudContext,
  type Operation,
  type ResourceProvider,
  type Service,
  ServiceError,
} from '#local-cloud/cloud/service.ts';

const secretProperties = z.object({
  Name: z.string().optional(),
  Description: z.string().optional(),
  SecretString: z.string().optional(),
  GenerateSecretString: z
    .object({
      PasswordLength: z.coerce.number().int().min(1).max(4096).default(32),
      ExcludeCharacters: z.string().default(''),
      ExcludeLowercase: z.boolean().default(false),
      ExcludeNumbers: z.boolean().default(false),
      ExcludePunctuation: z.boolean().default(false),
      ExcludeUppercase: z.boolean().default(false),
      IncludeSpace: z.boolean().default(false),
      RequireEachIncludedType: z.boolean().default(true),
      SecretStringTemplate: z.string().optional(),
      GenerateStringKey: z.string().optional(),
    })
    .optional(),
});
type Generation = NonNullable<z.infer<typeof secretProperties>['GenerateSecretString']>;

const storedSecrets = z.record(
  z.string(),
  z.object({ value: z.string(), createdMs: z.number(), versionId: z.string() }),
);

interface Secret {
  readonly arn: string;
  readonly name: string;
  readonly description: string | undefined;
  readonly value: string;
  readonly createdMs: number;
  readonly versionId: string;
}

/** Secrets Manager: secrets of the template, generated once and kept in the state directory. */
export function createSecretsManagerService(context: CloudContext): Service {
  const file = join(context.stateDirectory, 'secrets.json');
  const secrets = new Map<string, Secret>();
  const find = (id: unknown): Secret => {
    const found = [...secrets.values()].find((secret) => secret.arn === id || secret.name === id);
    if (found === undefined)
      throw new ServiceError('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
    return found;
  };
  const onSecret = (operation: string): Operation['permissions'] => {
    return (input) => [{ action: `secretsmanager:${operation}`, resources: [find(input.SecretId).arn] }];
  };

  const secret: ResourceProvider = {
    // There is one region here, and no copy in another.
    properties: ['Description', 'GenerateSecretString', 'Name', 'ReplicaRegions', 'SecretString'],
    create: async (properties, resource) => {
      const parsed = secretProperties.parse(properties);
      const name = parsed.Name ?? resource.physicalName();
      const stored = await readStored(file);
      const kept = stored[name] ?? {
        value: parsed.SecretString ?? generate(parsed.GenerateSecretString ?? generationDefaults),
        createdMs: context.clock.now(),
        versionId: crypto.randomUUID(),
      };
      if (stored[name] === undefined) await writeStored(file, { ...stored, [name]: kept });
      // AWS ends a secret's ARN with six random characters, so that a policy on an old secret misses a new one.
      const arn = `arn:aws:secretsmanager:${resource.region}:${resource.account}:secret:${name}-${kept.versionId.slice(0, 6)}`;
      secrets.set(arn, { arn, name, description: parsed.Description, ...kept });
      return { ref: arn, attributes: { Id: arn } };
    },
  };

  return {
    name: 'secretsmanager',
    target: 'secretsmanager',
    operations: {
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
            throw new ServiceError(
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
    },
    resources: { 'AWS::SecretsManager::Secret': secret },
  };
}

const generationDefaults: Generation = secretProperties.shape.GenerateSecretString.unwrap().parse({});

/** The characters that Secrets Manager draws from, by kind. */
function alphabets(options: Generation): readonly string[] {
  const kinds = [
    options.ExcludeLowercase ? '' : 'abcdefghijklmnopqrstuvwxyz',
    options.ExcludeUppercase ? '' : 'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
    options.ExcludeNumbers ? '' : '0123456789',
    options.ExcludePunctuation ? '' : '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~',
    options.IncludeSpace ? ' ' : '',
  ];
  return kinds
    .map((kind) => [...kind].filter((char) => !options.ExcludeCharacters.includes(char)).join(''))
    .filter((kind) => kind !== '');
}

function generate(options: Generation): string {
  const kinds = alphabets(options);
  const draw = (from: string): string => from.charAt(randomInt(from.length));
  const isComplete = (password: string): boolean =>
    !options.RequireEachIncludedType || kinds.every((kind) => [...kind].some((char) => password.includes(char)));
  let password: string;
  do password = Array.from({ length: options.PasswordLength }, () => draw(kinds.join(''))).join('');
  while (!isComplete(password));
  if (options.GenerateStringKey === undefined) return password;
  const template = z.record(z.string(), z.unknown()).parse(JSON.parse(options.SecretStringTemplate ?? '{}'));
  return JSON.stringify({ ...template, [options.GenerateStringKey]: password });
}

async function readStored(file: string): Promise<z.infer<typeof storedSecrets>> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '{}';
    throw error;
  });
  return storedSecrets.parse(JSON.parse(text));
}

/** For the owner's eyes only, and whole or not at all. */
async function writeStored(file: string, secrets: z.infer<typeof storedSecrets>): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(`${file}.draft`, JSON.stringify(secrets), { mode: 0o600 });
  await rename(`${file}.draft`, file);
}
