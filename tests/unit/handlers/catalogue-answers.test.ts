import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { memoryCatalogue } from '#adapters/in-memory/memory-catalogue.ts';
import { openApi } from '#contracts/api/open-api.ts';
import { readCatalogue } from '#handlers/catalogue/read-catalogue/read-catalogue.ts';
import { writeCatalogue } from '#handlers/catalogue/write-catalogue/write-catalogue.ts';
import { behindApi } from '#support/behind-api.ts';
import { offer, smallCatalogue } from '#support/builders/catalogue-items.ts';
import { httpRequest } from '#support/builders/http-request.ts';

type Answers = Record<number, { content?: Record<string, { schema: object }> }>;

const document = JSON.parse(JSON.stringify(openApi()).replaceAll('"#/', '"api#/'));
const ajv = new Ajv2020({ strict: false, validateFormats: false }).addSchema({ $id: 'api', ...document });

async function ask(method: string, id: string, query: Record<string, string>, body?: object, etag = '*') {
  const store = memoryCatalogue(smallCatalogue());
  const handle =
    method === 'GET'
      ? behindApi('read-catalogue', readCatalogue({ store }))
      : behindApi('write-catalogue', writeCatalogue({ store, now: Date.now, pause: async () => {} }));
  const headers: Record<string, string> = method === 'GET' || etag === '' ? {} : { 'if-match': etag };
  return handle(httpRequest({ method, path: `/v1/offers/${id}`, pathParameters: { id }, query, headers, body }));
}

test.each([
  [200, 'GET', 'tv', {}],
  [200, 'GET', 'tv', { history: 'true' }],
  [400, 'GET', 'tv', { frob: '1' }],
  [404, 'GET', 'none', {}],
  [200, 'PUT', 'tv', {}, offer({ name: 'New' })],
  [200, 'PUT', 'tv', { validate: 'true' }, offer({ name: 'New' })],
  [200, 'PUT', 'tv', { validate: 'true' }, {}],
  [400, 'PUT', 'tv', {}, {}],
  [400, 'PUT', 'tv', { validate: 'yes' }, offer()],
  [412, 'PUT', 'tv', {}, offer({ name: 'New' }), '"99"'],
  [428, 'PUT', 'tv', {}, offer({ name: 'New' }), ''],
  [200, 'DELETE', 'tv', { validate: 'true' }],
  [400, 'DELETE', 'tv', { validate: 'yes' }],
  [404, 'DELETE', 'none', {}],
  [409, 'DELETE', 'tv', {}],
] as const)(
  '%i of %s %s %j is answered as the OpenAPI document says',
  async (status, method, id, query, body?, etag?) => {
    const answer = await ask(method, id, query, body, etag);
    expect(answer.statusCode).toBe(status);
    const answers: Answers = document.paths['/v1/offers/{id}'][method.toLowerCase()].responses;
    const schema = answers[status]?.content?.['application/json']?.schema;
    expect(schema).toBeDefined();
    expect(ajv.validate(schema ?? false, JSON.parse(answer.body)), ajv.errorsText()).toBe(true);
  },
);

test.each(['/v1/strategies', '/v1/strategies/rising'])(
  'the places of arms are answered as the document says: %s',
  async (path) => {
    const spans: [number, number][] = [[0, 9999]];
    const places = [{ arm: 'control', spans }];
    const version = {
      kind: 'strategies',
      id: 'rising',
      version: 1,
      updatedAt: '2026-01-01T00:00:00Z',
      updatedBy: 'c-1',
    } as const;
    const listed = [{ ...version, item: {}, places }];
    const store = { ...memoryCatalogue([]), list: async () => listed, changesOf: async () => listed };
    const [, , , id] = path.split('/');
    const parts = id === undefined ? {} : { pathParameters: { id }, query: { history: 'true' } };
    const { body } = await behindApi(
      'read-catalogue',
      readCatalogue({ store }),
    )(httpRequest({ method: 'GET', path, ...parts }));
    expect(body).toContain('"places"');
  },
);

test('every schema of the document is one of JSON Schema 2020-12', () => {
  const schemas = JSON.stringify(document).matchAll(/"schema":(?=\{)/g);
  expect([...schemas].length).toBeGreaterThan(100);
  const visit = (part: unknown): void => {
    if (typeof part !== 'object' || part === null) return;
    for (const [name, child] of Object.entries(part)) {
      if (name === 'schema') ajv.compile(child);
      else visit(child);
    }
  };
  visit(document.paths);
  for (const schema of Object.values(document.components.schemas)) ajv.compile(schema as object);
});

test('declares every parameter that a path has, and no other', () => {
  const paths = Object.entries(document.paths) as [string, Record<string, { parameters?: Parameter[] }>][];
  for (const [path, operations] of paths) {
    const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    for (const { parameters = [] } of Object.values(operations)) {
      expect(parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name)).toEqual(named);
    }
  }
});

interface Parameter {
  readonly in: string;
  readonly name: string;
}
