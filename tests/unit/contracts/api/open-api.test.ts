import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createConfig, lintFromString } from '@redocly/openapi-core';
import createClient from 'openapi-fetch';
import openapiTS, { astToString } from 'openapi-typescript';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { errorCodes } from '#contracts/api/error-codes.ts';
import { openApi } from '#contracts/api/open-api.ts';
import { routes } from '#contracts/api/routes.ts';
import { itemKindNames, itemKinds } from '#domain/catalogue/item-kinds.ts';
import { compiledClient } from '#support/compiled-client.ts';

const source = JSON.stringify(openApi());
const operations = routes().flatMap(({ method, path, operation }) =>
  operation === undefined ? [] : [{ at: `${method} ${path}`, operation }],
);

test('Redocly’s recommended rules find nothing in the document', async () => {
  const config = await createConfig({ extends: ['recommended'] });
  const problems = await lintFromString({ source, config, absoluteRef: '/openapi.json' });
  expect(problems.map(({ ruleId, message, location }) => [ruleId, message, location[0]?.pointer])).toEqual([]);
});

describe('every operation', () => {
  test('has a name of its own', () => {
    const names = operations.map(({ operation }) => operation.operationId);
    expect(new Set(names).size).toBe(operations.length);
    expect(names.filter((name) => !/^[a-z][A-Za-z]*$/.test(name))).toEqual([]);
  });

  test('says who may not, that there may be too much of it, and when to come again', () => {
    const needed = ['401', '403', '429', '503'];
    const silent = operations.filter(({ operation }) => needed.some((status) => !(status in operation.responses)));
    expect(silent.map(({ at }) => at)).toEqual([]);
  });

  test('shows an example of what it takes', () => {
    const silent = operations.filter(
      ({ operation: { requestBody } }) =>
        requestBody !== undefined && !JSON.stringify(requestBody).includes('"example":'),
    );
    expect(silent.map(({ at }) => at)).toEqual([]);
  });
});

test.each(itemKindNames)('the example of %s is one that can be read', (kind) => {
  const { schema } = itemKinds[kind];
  const [example, ...others] = Object.values(schema.meta()?.examples ?? {});
  expect(others).toEqual([]);
  expect(schema.safeParse(example).error).toBeUndefined();
});

test('an event has one schema, whichever call takes it', () => {
  const { schemas } = openApi().components;
  expect(JSON.stringify(schemas.Batch)).toContain('#/components/schemas/Event');
  const calls = operations.filter(({ at, operation }) => at.startsWith('POST ') && operation.tags[0] === 'Collect');
  const refs = calls.map(({ operation }) => /schemas\/(\w+)/.exec(JSON.stringify(operation.requestBody))?.[1]);
  expect(new Set(refs)).toEqual(new Set(['Event', 'Batch']));
});

test('a refusal has one of the codes that there are, each once', () => {
  expect(new Set(errorCodes).size).toBe(errorCodes.length);
  expect(openApi().components.schemas).toMatchObject({
    Refusal: { properties: { error: { properties: { code: { enum: [...errorCodes] } } } } },
  });
});

describe('a client that is generated from the document', () => {
  // Within the repository, so that its imports are found.
  const folder = mkdtempSync('node_modules/.openapi-');
  afterAll(() => rmSync(folder, { recursive: true }));
  beforeAll(async () => writeFileSync(join(folder, 'lemniscate.ts'), astToString(await openapiTS(source))));

  const blocks = [...readFileSync('README.md', 'utf8').matchAll(/```ts\n([^`]*openapi-fetch[^`]*)```/g)];
  const readme = blocks.map(([, code = '']) => code).join('');

  const client = `${readme}console.log(data?.treatments[0]?.treatmentId, error);\n`;

  test('compiles as the README shows it', () => {
    expect(readme).toContain("api.POST('/v1/decisions'");
    expect(compiledClient(folder, client).faults).toEqual([]);
  });

  test.each([
    ['a misspelt field', 'placements:', 'placement:'],
    ['a path that there is not', '/v1/decisions', '/v1/decision'],
    ['a field that no answer has', 'treatmentId', 'treatment'],
  ])('does not compile with %s', (_, right, wrong) => {
    expect(compiledClient(folder, client.replace(right, wrong)).faults).not.toEqual([]);
  });

  test('asks as the document says, and gives the code of a refusal', async () => {
    const asked: Request[] = [];
    const api = createClient<Record<string, Record<string, never>>>({
      baseUrl: 'https://api.example.com',
      fetch: async (request) => {
        asked.push(request);
        return Response.json({ error: { code: 'missing_scope', message: 'No.' } }, { status: 403 });
      },
    });
    const path = '/v1/customers/{identifier}' as never;
    const { error } = await api.request('get' as never, path, {
      params: { path: { identifier: 'email:a/b' } },
    } as never);
    expect(asked.map(({ url }) => url)).toEqual(['https://api.example.com/v1/customers/email%3Aa%2Fb']);
    expect(error).toMatchObject({ error: { code: 'missing_scope' } });
  });
});
