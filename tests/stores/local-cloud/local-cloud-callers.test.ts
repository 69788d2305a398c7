import { request } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type LocalCloud, startLocalCloud } from '#local-cloud/cloud/local-cloud.ts';
import { answerTo } from '#support/answer-to.ts';
import { synthesizeToyApp } from '#support/toy-app/toy-app.ts';

const over10Mb = 10 * 1024 * 1024 + 1;
let cloud: LocalCloud;

beforeAll(async () => {
  cloud = await startLocalCloud({ assemblyDirectory: synthesizeToyApp() });
});
afterAll(() => cloud.stop());

const ask = (url: string, headers: Record<string, string> = {}, method = 'GET', body = '') =>
  answerTo(request(url, { method, headers, agent: false }).end(body));

describe('what moves clocks and reads tables', () => {
  const port = () => new URL(cloud.url).port;
  const endpointPort = () => new URL(cloud.awsEndpoint).port;

  test.each([
    ['a name that resolves here', () => ({ host: `attacker.example:${port()}` })],
    ['a name that begins like ours', () => ({ host: `127.0.0.1.attacker.example:${port()}` })],
    ['a name with ours before an @', () => ({ host: `127.0.0.1:${port()}@attacker.example` })],
    ['another port', () => ({ host: '127.0.0.1:1' })],
    ['no port', () => ({ host: 'localhost' })],
    ['a page of another site', () => ({ origin: 'https://attacker.example' })],
    ['a page of another port', () => ({ origin: 'http://127.0.0.1:1' })],
    ['a page without an origin', () => ({ origin: 'null' })],
    ['an image in a page', () => ({ 'sec-fetch-site': 'cross-site' })],
    ['a page of another port of this machine', () => ({ 'sec-fetch-site': 'same-site' })],
    [
      "its own page's form",
      () => ({ origin: `http://127.0.0.1:${port()}`, 'content-type': 'text/plain;x=application/json' }),
    ],
  ])('is refused to %s', async (_, headers) => {
    const before = cloud.now();
    const moved = await ask(`${cloud.url}/_local/clock`, headers(), 'POST', '{"advance":"P9D"}');
    expect(moved.status).toBe(403);
    expect(cloud.now() - before).toBeLessThan(86_400_000);
  });

  test.each([
    ['localhost', () => ({ host: `localhost:${port()}` })],
    ['another loopback address', () => ({ host: `127.1.2.3:${port()}` })],
    ['itself by the name in capitals', () => ({ host: `LOCALHOST:${port()}` })],
    [
      'its own page',
      () => ({ origin: `http://127.0.0.1:${port()}`, 'content-type': 'application/json; charset=utf-8' }),
    ],
    ['curl, which calls all bodies forms', () => ({ 'content-type': 'application/x-www-form-urlencoded' })],
  ])('is open to %s', async (_, headers) => {
    expect((await ask(`${cloud.url}/_local/clock`, headers(), 'POST', '{"advance":"PT0S"}')).status).toBe(200);
  });

  test.each([
    ['a name that resolves here', () => ({ host: `attacker.example:${endpointPort()}` })],
    ['a page of another site', () => ({ origin: 'https://attacker.example' })],
    ['an image in a page', () => ({ 'sec-fetch-site': 'cross-site' })],
  ])('is refused as an AWS service to %s, also when presigned', async (_, headers) => {
    const credential = `${cloud.accessKeyId}%2F20300101%2Feu-central-1%2F`;
    for (const service of ['s3', 'dynamodb']) {
      const url = `${cloud.awsEndpoint}/?X-Amz-Credential=${credential}${service}%2Faws4_request`;
      const target = { 'x-amz-target': 'DynamoDB_20120810.ListTables' };
      expect((await ask(url, { ...target, ...headers() }, 'POST', '{}')).status).toBe(403);
      expect((await ask(url, target, service === 's3' ? 'GET' : 'POST', '')).status).toBe(200);
    }
  });

  test('leaves the API to pages of any origin', async () => {
    const headers = { origin: 'https://shop.example', 'sec-fetch-site': 'cross-site' };
    expect((await ask(`${cloud.url}/echo`, headers, 'OPTIONS')).status).toBe(204);
  });
});

describe('a body that is too large, slow or broken', () => {
  const ports = () => ({
    api: `${cloud.url}/echo`,
    'the local cloud': `${cloud.url}/_local/clock`,
    'an AWS service': `${cloud.awsEndpoint}/?X-Amz-Credential=${cloud.accessKeyId}%2Fd%2Feu-central-1%2Fdynamodb%2Faws4`,
  });
  const send = (url: string, headers: Record<string, string> = {}) => request(url, { method: 'POST', headers });

  test.each(['api', 'the local cloud', 'an AWS service'] as const)(
    '%s answers 413 to a length that is too large',
    async (port) => {
      const sent = send(ports()[port], { 'content-length': String(20 * over10Mb) });
      const answered = answerTo(sent);
      sent.write('{');
      expect((await answered).status).toBe(413);
      sent.destroy();
    },
  );

  test.each(['api', 'the local cloud', 'an AWS service'] as const)(
    '%s answers 413 to a body without end',
    async (port) => {
      const sent = send(ports()[port]);
      sent.on('error', () => undefined);
      let isAnswered = false;
      const answered = answerTo(sent).finally(() => {
        isAnswered = true;
      });
      const part = Buffer.alloc(1024 * 1024);
      const goOn = (): void => {
        while (!isAnswered && sent.write(part));
      };
      sent.on('drain', goOn);
      goOn();
      expect((await answered).status).toBe(413);
      sent.destroy();
    },
  );

  test('leaves the connection fit for the next request when all of the body has come', async () => {
    const upload = await fetch(ports().api, { method: 'POST', body: new Uint8Array(over10Mb) });
    expect([upload.status, await upload.json()]).toEqual([413, { message: 'Request Entity Too Large' }]);
    expect((await fetch(ports().api, { method: 'OPTIONS' })).status).toBe(204);
  });

  test('is not waited for when the cloud settles', async () => {
    const slow = send(ports().api, { 'content-length': '9' });
    slow.on('error', () => undefined);
    slow.write('{');
    await ask(ports().api);
    await cloud.settle();
    slow.destroy();
  });

  test.each([
    [
      'a chunk whose size is no number',
      'POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n',
      '400',
    ],
    ['two lengths', 'POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab', '400'],
  ])('%s is refused and the connection ends', async (_, bytes, status) => {
    const socket = connect(Number(new URL(cloud.url).port), '127.0.0.1');
    socket.write(bytes);
    expect(await text(socket)).toContain(`HTTP/1.1 ${status}`);
  });
});
