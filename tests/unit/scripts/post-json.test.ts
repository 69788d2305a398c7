import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test, vi } from 'vitest';
import { postJson } from '#scripts/world/post-json.ts';

vi.mock('node:timers/promises', () => ({ setTimeout: async () => {} }));

/** A server that answers with statuses in turn, the last one ever after. */
async function answering(...statuses: number[]) {
  const bodies: string[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    bodies.push(body);
    response.writeHead(statuses[Math.min(bodies.length, statuses.length) - 1] ?? 200).end('{"said":1}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    bodies,
    [Symbol.dispose]: () => void server.close(() => {}),
  };
}

test('sends the same again until it is taken', async () => {
  using server = await answering(503, 429, 500, 200);
  expect(await postJson(server.url, { a: 1 })).toEqual({ said: 1 });
  expect(server.bodies).toEqual(Array.from({ length: 4 }, () => '{"a":1}'));
});

test.each([400, 401, 404])('tells a refusal (%i) at once', async (status) => {
  using server = await answering(status);
  await expect(postJson(server.url, {})).rejects.toThrow(`answered ${status}: {"said":1}`);
  expect(server.bodies).toHaveLength(1);
});

test('gives up in the end', async () => {
  using server = await answering(503);
  await expect(postJson(server.url, {})).rejects.toThrow('answered 503');
  expect(server.bodies).toHaveLength(6);
});
