import { expect, test } from 'vitest';
import { itemKindNames } from '#domain/catalogue/item-kinds.ts';
import { describeApi } from '#handlers/api/describe-api/describe-api.ts';
import { httpRequest } from '#support/builders/http-request.ts';

const request = httpRequest({ method: 'GET', path: '/v1/openapi.json' });
const calls = 'track identify page screen group alias batch t i p s g a b'.split(' ').map((call) => `/v1/${call}`);
const document = async () => JSON.parse((await describeApi()(request)).body);

test('describes every call of the Segment API, the customer reads and the catalogue', async () => {
  const { openapi, paths } = await document();
  expect(openapi).toBe('3.1.0');
  expect(Object.keys(paths).sort()).toEqual(
    [
      ...calls,
      ...['', '/timeline', '/consents', '/identities', '/unmerge'].flatMap((view) => [
        `/v1/customers${view}`,
        `/v1/customers/{identifier}${view}`,
      ]),
      '/v1/decisions',
      '/v1/decisions/{id}/replay',
      '/v1/dispositions',
      '/v1/sending',
      '/v1/test-sends',
      ...['', ...['', '/cancel', '/contacts', '/pause', '/redrive', '/resume'].map((what) => `/{run}${what}`)].map(
        (view) => `/v1/campaigns/{id}/runs${view}`,
      ),
      '/v1/rejected-interactions',
      ...itemKindNames.flatMap((kind) => [`/v1/${kind}`, `/v1/${kind}/{id}`]),
    ].sort(),
  );
});

test('says of every field of a catalogue item what it is', async () => {
  const { components } = await document();
  const silent = (schema: Schema, path: string): string[] =>
    Object.entries(schema.properties ?? {}).flatMap(([name, field]) => [
      ...(field.description === undefined ? [`${path}.${name}`] : []),
      ...[field, field.items ?? {}, ...(field.anyOf ?? [])].flatMap((inner) => silent(inner, `${path}.${name}`)),
    ]);
  const schemas = [
    'Segment',
    'Budget',
    'KPI',
    'Placement',
    'OfferGroup',
    'Offer',
    'Treatment',
    'ContactPolicy',
    'Strategy',
  ];
  expect(schemas.flatMap((name) => silent(components.schemas[name], name))).toEqual([]);
});

test('refers to nothing that it does not hold', async () => {
  const text = (await describeApi()(request)).body;
  const referred = [...text.matchAll(/"\$ref":"([^"]*)"/g)].map(([, reference = '']) => reference);
  const held = Object.keys(JSON.parse(text).components.schemas).map((name) => `#/components/schemas/${name}`);
  expect([...new Set(referred)].filter((reference) => !held.includes(reference))).toEqual([]);
});

interface Schema {
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
}

// Senders count and select by these: one that is renamed or gone breaks them, one that is new is written down here.
test('names the reasons for which an event is rejected in the answers of every call that collects', async () => {
  const { paths } = await document();
  const reasons = calls.map((call) => {
    const { schema } = paths[call].post.responses[200].content['application/json'];
    return schema.properties.results.items.properties.reason.enum;
  });
  const known = [
    'malformed_event',
    'unknown_type',
    'missing_field',
    'reserved_name',
    'missing_identity',
    'invalid_field',
    'invalid_timestamp',
    'timestamp_out_of_range',
    'invalid_amount',
    'invalid_currency',
    'event_too_large',
    'event_too_deep',
    'too_many_traits',
    'too_many_consents',
  ];
  expect(reasons).toEqual(calls.map(() => known));
});
