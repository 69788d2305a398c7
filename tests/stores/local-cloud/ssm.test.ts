import { expect, test } from 'vitest';
import { createSsmService } from '#local-cloud/services/ssm/service.ts';
import { run, serviceContext } from '#support/local-service-context.ts';

const secret = { Name: '/lemniscate/dev/sealing-key', Type: 'SecureString', Value: 'a' };
const wanted = { Name: secret.Name, WithDecryption: true };

test('keeps a parameter over a restart on the same state directory', async () => {
  const context = serviceContext();
  expect(await run(createSsmService(context), 'PutParameter', secret)).toMatchObject({ Version: 1 });
  expect(await run(createSsmService(context), 'GetParameter', wanted)).toMatchObject({
    Parameter: { ...secret, ARN: 'arn:aws:ssm:eu-central-1:123456789012:parameter/lemniscate/dev/sealing-key' },
  });
});

test('puts a parameter over another one only when told to', async () => {
  const service = createSsmService(serviceContext());
  await run(service, 'PutParameter', secret);
  const another = { ...secret, Value: 'b' };
  await expect(run(service, 'PutParameter', another)).rejects.toMatchObject({ code: 'ParameterAlreadyExists' });
  expect(await run(service, 'GetParameter', wanted)).toMatchObject({ Parameter: { Value: 'a' } });
  expect(await run(service, 'PutParameter', { ...another, Overwrite: true })).toMatchObject({ Version: 2 });
  expect(await run(service, 'GetParameter', wanted)).toMatchObject({ Parameter: { Value: 'b' } });
});

test('asks for permission by ARN, says so when there is none, and gives no secret as it is stored', async () => {
  const service = createSsmService(serviceContext());
  expect(service.operations.GetParameter?.permissions(wanted)).toEqual([
    {
      action: 'ssm:GetParameter',
      resources: ['arn:aws:ssm:eu-central-1:123456789012:parameter/lemniscate/dev/sealing-key'],
    },
  ]);
  await expect(run(service, 'GetParameter', wanted)).rejects.toMatchObject({ code: 'ParameterNotFound' });
  await run(service, 'PutParameter', secret);
  await expect(run(service, 'GetParameter', { Name: secret.Name })).rejects.toMatchObject({
    code: 'ValidationException',
  });
});
