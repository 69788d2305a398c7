import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { AssetCode } from 'aws-cdk-lib/aws-lambda';
import { expect, test } from 'vitest';
import { handlerBundle } from '#infra/constructs/handler-bundle.ts';
import { httpRequest } from '#support/builders/http-request.ts';

/** What the services answer to whom names itself so in `x-amz-target`; all else is refused. */
const answers: Readonly<Record<string, object>> = {
  'secretsmanager.GetSecretValue': { SecretString: 'k'.repeat(64) },
};

/** The log of a bundle, as it is deployed, that is asked once while the bus takes nothing. */
async function logWhileTheBusIsDown(name: string, event: object): Promise<string> {
  const services = createServer((request, response) => {
    const found = answers[String(request.headers['x-amz-target'])];
    request.resume();
    response.writeHead(found === undefined ? 400 : 200, { 'content-type': 'application/x-amz-json-1.1' });
    response.end(JSON.stringify(found ?? { __type: 'AccessDeniedException' }));
  });
  await once(services.listen(0, '127.0.0.1'), 'listening');
  const { port }: AddressInfo = Object(services.address());
  const bundle = handlerBundle(name);
  if (!(bundle instanceof AssetCode)) throw new TypeError('Expected the bundle to be a folder');
  const file = pathToFileURL(`${bundle.path}/index.mjs`).href;
  const call = `const { handler } = await import('${file}'); await handler(${JSON.stringify(event)}, { awsRequestId: '1' });`;
  const asked = spawn(process.execPath, ['--input-type=module', '--eval', call], {
    env: {
      AWS_REGION: 'eu-central-1',
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
      AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
      ARRIVALS_TABLE: 'arrivals',
      BUS_NAME: 'bus',
      IDENTITY_KEY_SECRET_ARN: 'secret',
      IDENTIFIER_SETTINGS: '{}',
    },
  });
  const [out, err] = await Promise.all([text(asked.stdout), text(asked.stderr)]);
  services.close();
  return out + err;
}

test('a deployed function logs an error under the name that the runbook and workflows know it by', async () => {
  const log = await logWhileTheBusIsDown(
    'change-consents',
    httpRequest({
      method: 'PUT',
      path: '/v1/customers/user_id:ada/consents',
      pathParameters: { identifier: 'user_id:ada' },
      body: { marketing: true },
    }),
  );
  expect(log).toContain('"name":"BusUnavailableError"');
});
