import { globSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import type { Context } from 'aws-lambda';
import { expect, test, vi } from 'vitest';
import { routes } from '#contracts/api/routes.ts';
import { scopes } from '#domain/credential/credential.ts';
import { httpRequest, knownCaller } from '#support/builders/http-request.ts';

/** Whatever a handler asks of its environment is there; nothing behind it is, so that who gets past the door fails. */
vi.mock('#runtime/environment.ts', () => ({
  environment: (...names: string[]) =>
    Object.fromEntries(names.map((name) => [name, name === 'IDENTIFIER_SETTINGS' ? '{}' : name])),
}));

const files = new Map(
  globSync('functions/handlers/*/*/handler.ts').map((file) => [basename(dirname(file)), resolve(file)]),
);
const guarded = routes().flatMap((route) => ('scopes' in route && route.operation !== undefined ? [route] : []));

test('no two routes take the same requests', () => {
  const taken = routes().map(({ method, path }) => `${method} ${path}`);
  expect(taken.length).toBeGreaterThan(50);
  expect(new Set(taken).size).toBe(taken.length);
});

test.each(guarded.map((route) => [route.method, route.path, route] as const))(
  '%s %s is refused to whoever has every scope but those that it names',
  async (method, path, { to, scopes: named }) => {
    const { handler } = await import(files.get(to) ?? to);
    const others = scopes.filter((scope) => !named.includes(scope)).join(' ');
    const request = httpRequest({
      method,
      path,
      pathParameters: { id: 'x', identifier: 'user_id:x' },
      caller: knownCaller(others),
    });
    const { statusCode, body } = await handler(request, {} as Context);
    expect([statusCode, JSON.parse(body).error.code]).toEqual([403, 'missing_scope']);
  },
);
