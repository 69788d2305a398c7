import { DecodeAuthorizationMessageCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type LocalCloud, startLocalCloud } from '#local-cloud/cloud/local-cloud.ts';
import { services } from '#local-cloud/services.ts';
import { synthesizeDecodingApp } from '#support/toy-app/decoding-app.ts';
import { createStsService } from '#support/worked-examples/sts/service.ts';

/** A copy of the list with the guide's line in it; nothing else is replaced. */
vi.mock('#local-cloud/services.ts', async (original) => {
  const list = await original<typeof import('#local-cloud/services.ts')>();
  const { createStsService } = await import('#support/worked-examples/sts/service.ts');
  return { services: [...list.services, createStsService] };
});

const encoded = Buffer.from('you <may> not').toString('base64');
let cloud: LocalCloud;
beforeAll(async () => {
  cloud = await startLocalCloud({ assemblyDirectory: synthesizeDecodingApp() });
});
afterAll(() => cloud.stop());

async function decode(EncodedMessage: string) {
  const { region, awsEndpoint: endpoint, accessKeyId, secretAccessKey } = cloud;
  const client = new STSClient({ region, endpoint, credentials: { accessKeyId, secretAccessKey }, maxAttempts: 1 });
  return client.send(new DecodeAuthorizationMessageCommand({ EncodedMessage }));
}

async function decodeAs(name: string) {
  const response = await fetch(`${cloud.url}/${name}`, { method: 'POST', body: encoded });
  return response.json();
}

test('it answers a call that the SDK signs, and refuses in a form that the SDK knows', async () => {
  expect(services).toContain(createStsService);
  expect((await decode(encoded)).DecodedMessage).toBe('you <may> not');
  await expect(decode('?')).rejects.toMatchObject({
    name: 'InvalidAuthorizationMessageException',
    message: 'The message is not encoded',
  });
});

test('it answers a function whose role grants the action, and denies one whose role does not', async () => {
  expect(await decodeAs('granted')).toEqual({ DecodedMessage: 'you <may> not' });
  expect(await decodeAs('denied')).toMatchObject({
    name: expect.stringMatching(/^AccessDenied/),
    message: expect.stringMatching(/not authorized to perform: sts:DecodeAuthorizationMessage on resource: \*/),
  });
});

test('its calls are metered by who makes them, those that were denied are not', async () => {
  cloud.meter.reset();
  await decodeAs('granted');
  await decodeAs('denied');
  await decode(encoded);
  expect(cloud.meter.read().usage.filter(({ service }) => service === 'sts')).toEqual(
    [expect.stringContaining('granted'), 'outside'].map((caller) => ({
      service: 'sts',
      operation: 'DecodeAuthorizationMessage',
      caller,
      unit: 'free-requests',
      calls: 1,
      amount: 1,
    })),
  );
});
