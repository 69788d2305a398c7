import { expect, test } from 'vitest';
import { createSecretsManagerService } from '#local-cloud/services/secrets-manager/service.ts';
import { resourceContext, run, serviceContext } from '#support/local-service-context.ts';

const identityKey = { GenerateSecretString: { PasswordLength: 64, ExcludePunctuation: true } };

async function createSecret(properties: object = identityKey, context = serviceContext()) {
  const service = createSecretsManagerService(context);
  const made = await service.resources['AWS::SecretsManager::Secret']?.create(
    { ...properties },
    resourceContext('Key'),
  );
  const SecretId = made?.ref ?? '';
  const value = async (): Promise<unknown> => run(service, 'GetSecretValue', { SecretId });
  return { service, SecretId, value };
}

test('generates a value of the length asked for, without punctuation', async () => {
  const { value, SecretId } = await createSecret();
  expect(SecretId).toMatch(/^arn:aws:secretsmanager:eu-central-1:123456789012:secret:Test-Key-.{6}$/);
  expect(await value()).toMatchObject({ ARN: SecretId, SecretString: expect.stringMatching(/^[A-Za-z0-9]{64}$/) });
});

test('keeps value and ARN over a restart on the same state directory', async () => {
  const context = serviceContext();
  const first = await createSecret(identityKey, context);
  const second = await createSecret(identityKey, context);
  expect(second.SecretId).toBe(first.SecretId);
  expect(await second.value()).toEqual(await first.value());
});

test('puts the value under its key in the template', async () => {
  const { value } = await createSecret({
    GenerateSecretString: { SecretStringTemplate: '{"user":"x"}', GenerateStringKey: 'password', PasswordLength: 8 },
  });
  const { SecretString } = (await value()) as { SecretString: string };
  expect(JSON.parse(SecretString)).toEqual({ user: 'x', password: expect.stringMatching(/^.{8}$/) });
});

test('asks for permission by ARN, also when the secret is named', async () => {
  const { service, SecretId } = await createSecret();
  expect(service.operations.GetSecretValue?.permissions({ SecretId: 'Test-Key' })).toEqual([
    { action: 'secretsmanager:GetSecretValue', resources: [SecretId] },
  ]);
});

test('says so when there is no such secret', async () => {
  const { service } = await createSecret();
  await expect(run(service, 'DescribeSecret', { SecretId: 'Test-Key' })).resolves.toMatchObject({ Name: 'Test-Key' });
  await expect(
    run(service, 'GetSecretValue', { SecretId: 'Test-Key', VersionStage: 'AWSPENDING' }),
  ).rejects.toMatchObject({
    code: 'ResourceNotFoundException',
  });
});
