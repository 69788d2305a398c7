import '#support/property-seed.ts';
import { createHmac } from 'node:crypto';
import { createServer, request as plainRequest, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { publicLookup, type Resolve } from '#adapters/webhook/public-lookup.ts';
import { signedWebhook } from '#adapters/webhook/signed-webhook.ts';
import type { WebhookMessage } from '#domain/channel/channel-message.ts';
import { refusedAddress } from '#domain/channel/refused-address.ts';
import { envelope } from '#support/builders/message.ts';

const key = Buffer.from('a key of the stage');
const nowMs = Date.parse('2026-03-10T12:00:00Z');
const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

/** A receiver on this machine, which stands for the public address that names lead to. */
async function receiver(answer: RequestListener) {
  const heard: { headers: Record<string, unknown>; body: string }[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      heard.push({ headers: request.headers, body });
      answer(request, response);
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  closers.push(() => server.close());
  const { port } = server.address() as AddressInfo;
  return { heard, port };
}

function webhook(port: number, resolve: Resolve = async () => [{ address: '93.184.216.34', family: 4 }]) {
  // The lookup is asked as Node asks it; the connection itself goes to the receiver.
  const open = ((url: URL, options: { lookup: ReturnType<typeof publicLookup>; headers: Record<string, string> }) => {
    const call = plainRequest({
      ...options,
      host: url.hostname,
      path: url.pathname,
      port,
      lookup: (name, asked, done) =>
        options.lookup(name, asked, (error, found) => {
          if (error !== null) return done(error, '');
          const local = { address: '127.0.0.1', family: 4 };
          return Array.isArray(found) ? done(null, [local]) : done(null, local.address, local.family);
        }),
    });
    return call;
  }) as unknown as NonNullable<Parameters<typeof signedWebhook>[0]['open']>;
  return signedWebhook({ key: async () => key, resolve, now: () => nowMs, open });
}

const message = (over: Partial<WebhookMessage> = {}): WebhookMessage => ({
  ...envelope(),
  carrier: 'webhook',
  url: 'https://partner.example/hook',
  body: { offer: 'Sport' },
  ...over,
});

describe('a webhook', () => {
  test('is signed with its id and time, as receivers of Standard Webhooks verify', async () => {
    const { heard, port } = await receiver((_, response) => response.writeHead(204).end());
    expect(await webhook(port).send(message())).toEqual({ kind: 'sent', providerId: message().messageId });
    const [call] = heard;
    const signed = `${message().messageId}.${nowMs / 1000}.{"offer":"Sport"}`;
    expect(call).toMatchObject({
      body: '{"offer":"Sport"}',
      headers: {
        'webhook-id': message().messageId,
        'webhook-timestamp': String(nowMs / 1000),
        'webhook-signature': `v1,${createHmac('sha256', key).update(signed).digest('base64')}`,
      },
    });
  });

  test('follows no redirect, be it to a private address or a public one', async () => {
    for (const location of ['http://169.254.169.254/latest/meta-data', 'https://elsewhere.example/']) {
      const { heard, port } = await receiver((_, response) => response.writeHead(302, { location }).end());
      expect(await webhook(port).send(message())).toEqual({ kind: 'refused', reason: 'webhook_refused' });
      expect(heard).toHaveLength(1);
    }
  });

  test('is sent again later when the receiver is busy, hurt or not there', async () => {
    const { port } = await receiver((_, response) => response.writeHead(429, { 'retry-after': '300' }).end());
    expect(await webhook(port).send(message())).toEqual({ kind: 'later', retryAtMs: nowMs + 300_000 });
    const broken = await receiver((request) => request.socket.destroy());
    expect((await webhook(broken.port).send(message())).kind).toBe('later');
  });

  test.each([
    'http://partner.example/',
    'https://user:secret@partner.example/',
    'https://127.0.0.1/',
    'https://[::ffff:10.0.0.1]/',
    'https://[fd00:ec2::254]/',
    'https://2130706433/',
    'https://0x7f.1/',
    'https://169.254.169.254/latest/meta-data',
  ])('does not go to %s', async (url) => {
    const { heard, port } = await receiver((_, response) => response.writeHead(204).end());
    expect(await webhook(port).send(message({ url }))).toEqual({ kind: 'refused', reason: 'address_refused' });
    expect(heard).toEqual([]);
  });

  test('does not go where a name leads to a private address', async () => {
    const { heard, port } = await receiver((_, response) => response.writeHead(204).end());
    const resolve: Resolve = async () => [
      { address: '93.184.216.34', family: 4 },
      { address: '10.0.0.7', family: 4 },
    ];
    expect(await webhook(port, resolve).send(message())).toEqual({ kind: 'refused', reason: 'address_refused' });
    expect(heard).toEqual([]);
  });
});

describe('the lookup', () => {
  const address = fc.oneof(
    fc.ipV4(),
    fc.ipV6(),
    fc.constantFrom('127.0.0.1', '10.1.2.3', '100.100.100.200', '::ffff:127.0.0.1', '93.184.216.34', '2606:4700::1111'),
  );

  test('asks once, and answers what it has looked at: all public, or nothing', async () => {
    const answers = fc.array(fc.array(address, { minLength: 1, maxLength: 3 }), { minLength: 2, maxLength: 2 });
    await fc.assert(
      fc.asyncProperty(answers, fc.boolean(), async (rebound, all) => {
        let asked = 0;
        // The name leads elsewhere when it is asked for again.
        const resolve: Resolve = async () => (rebound[asked++] ?? []).map((each) => ({ address: each, family: 4 }));
        const found = await new Promise<string[] | undefined>((done) => {
          publicLookup(resolve)('rebound.example', { all }, (error, one) => {
            if (error !== null) done(undefined);
            else done(Array.isArray(one) ? one.map((each) => each.address) : [one]);
          });
        });
        expect(asked).toBe(1);
        const isPublic = rebound[0]?.every((each) => refusedAddress(each) === undefined) ?? false;
        expect(found === undefined).toBe(!isPublic);
        for (const each of found ?? []) expect(rebound[0]).toContain(each);
      }),
    );
  });
});
