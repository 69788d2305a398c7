import fc from 'fast-check';
import { expect, test } from 'vitest';
import { memoryCatalogue } from '#adapters/in-memory/memory-catalogue.ts';
import { readCatalogue } from '#domain/catalogue/catalogue.ts';
import { itemKindNames, itemKinds } from '#domain/catalogue/item-kinds.ts';
import { writeCatalogue } from '#handlers/catalogue/write-catalogue/write-catalogue.ts';
import { behindApi } from '#support/behind-api.ts';
import { builders, smallCatalogue } from '#support/builders/catalogue-items.ts';
import { httpRequest } from '#support/builders/http-request.ts';
import { sizeOf } from '#support/size-of.ts';

const oddText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(
    'profile.orders > 1',
    'in_segment("loyal")',
    '1 +',
    'context.a[0]',
    '__proto__',
    'tv',
    '2026-01-01',
    '*',
  ),
);
const oddValue = fc.oneof(oddText, fc.jsonValue({ maxDepth: 3 }), fc.constantFrom(-1, 0, 1e300, '', null, true, []));
/** Paths of all that a value holds. */
const pathsIn = (value: unknown): (string | number)[][] =>
  typeof value !== 'object' || value === null
    ? [[]]
    : [[], ...Object.entries(value).flatMap(([key, inner]) => pathsIn(inner).map((path) => [key, ...path]))];

function withChange(value: unknown, [key, ...rest]: readonly (string | number)[], parts: unknown): unknown {
  if (key === undefined) return parts;
  const copy = (Array.isArray(value) ? [...value] : { ...(value as object) }) as Record<string | number, unknown>;
  copy[key] = withChange(copy[key], rest, parts);
  return copy;
}

const damaged = fc.constantFrom(...itemKindNames).chain((kind) => {
  const item = builders[kind]();
  return fc.record({
    kind: fc.constant(kind),
    id: fc.oneof(
      { weight: 5, arbitrary: fc.constant(String(Reflect.get(item, itemKinds[kind].idField))) },
      { weight: 1, arbitrary: oddText },
    ),
    body: fc
      .tuple(
        fc.constantFrom(...pathsIn(item)),
        oddValue,
        fc.dictionary(oddText, oddValue, { maxKeys: 1, noNullPrototype: true }),
      )
      .map(([path, parts, more]) => {
        const changed = withChange(item, path, parts);
        return typeof changed === 'object' && changed !== null && !Array.isArray(changed)
          ? { ...changed, ...more }
          : changed;
      }),
    condition: fc.constantFrom(
      {},
      { 'if-match': '*' },
      { 'if-none-match': '*' },
      { 'if-match': '"1"' },
      { 'if-match': ',' },
    ),
    method: fc.constantFrom('PUT', 'PUT', 'PUT', 'DELETE'),
    query: fc.constantFrom({}, { validate: 'true' }),
  });
});

test('any damage to an item is answered as a person can use it, and what is saved can be read', async () => {
  await fc.assert(
    fc.asyncProperty(damaged, async ({ kind, id, body, condition, method, query }) => {
      const store = memoryCatalogue(smallCatalogue());
      const handle = behindApi('write-catalogue', writeCatalogue({ store, now: () => 0, pause: async () => {} }));
      const { statusCode } = await handle(
        httpRequest({
          method,
          path: `/v1/${kind}/${id}`,
          pathParameters: { id },
          headers: condition,
          query,
          ...(method === 'PUT' ? { body: JSON.stringify(body) ?? 'null' } : {}),
        }),
      );
      expect([200, 201, 204, 400, 404, 409, 412, 428]).toContain(statusCode);
      const { items, revision } = await store.load();
      expect(readCatalogue(items, revision).unreadable).toEqual([]);
    }),
    { numRuns: sizeOf({ part: 400, whole: 2000 }) },
  );
});
