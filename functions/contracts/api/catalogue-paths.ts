import * as z from 'zod';
import { type ItemKind, itemKindNames, itemKinds } from '#domain/catalogue/item-kinds.ts';
import { ItemFault } from '#domain/vocabulary/item-fault.ts';
import { Refusal } from './api-parts.ts';

const Reference = z.object({ kind: z.enum(itemKindNames), id: z.string(), path: z.string() });

const CatalogueItems = z.object({
  items: z.array(
    z.object({
      id: z.string(),
      version: z.int().describe('Number that grows with each change of the catalogue; quoted, it is the ETag'),
      updatedAt: z.iso.datetime(),
      updatedBy: z.string().describe('Id of the credential that saved it'),
      item: z.record(z.string(), z.unknown()),
    }),
  ),
  nextCursor: z.string().nullable(),
});

const ItemHistory = z.object({
  versions: z.array(
    z.object({ version: z.int(), updatedAt: z.iso.datetime(), updatedBy: z.string(), deleted: z.boolean() }),
  ),
});

const DryRun = z.object({
  valid: z.boolean().describe('Whether the change would be saved'),
  effect: z.enum(['created', 'changed', 'unchanged', 'deleted']).optional(),
  item: z.record(z.string(), z.unknown()).describe('The item as it would be saved').optional(),
  faults: z.array(ItemFault),
  references: z.array(Reference).describe('Who names what would be deleted'),
});

const InvalidItem = z.object({
  error: z.object({ code: z.string(), message: z.string(), faults: z.array(ItemFault).optional() }),
});

const StillReferenced = z.object({
  error: z.object({ code: z.string(), message: z.string(), references: z.array(Reference) }),
});

const security = [{ writeKey: [] }];
const denied = { 401: refusal('No valid credential'), 403: refusal('Scope missing') };
const etag = { ETag: { schema: { type: 'string' }, description: 'The version, quoted' } };
const header = (name: string, description: string) => ({
  name,
  in: 'header',
  schema: { type: 'string' },
  description,
});
const dryRun = {
  name: 'validate',
  in: 'query',
  schema: { type: 'boolean' },
  description: 'Says what the change would do, and all that is wrong with it, and saves nothing',
};

/** Paths of the catalogue: every kind of item is read, saved and deleted alike. */
export function cataloguePaths() {
  return Object.fromEntries(itemKindNames.flatMap((kind) => pathsOf(kind)));
}

/** Schemas of the items and of the answers, for the components of the document. */
export function catalogueSchemas() {
  const items = itemKindNames.map((kind) => [schemaName(kind), itemKinds[kind].schema] as const);
  const answers = { CatalogueItems, ItemHistory, DryRun, InvalidItem, StillReferenced, Refusal };
  const all = { ...Object.fromEntries(items), ...answers };
  return Object.fromEntries(
    Object.entries(all).map(([name, schema]) => [name, z.toJSONSchema(schema, { io: 'input' })]),
  );
}

/** `OfferGroup` for offer groups. */
function schemaName(kind: ItemKind): string {
  const words = itemKinds[kind].noun.split(' ');
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}

function pathsOf(kind: ItemKind) {
  const { idField, noun } = itemKinds[kind];
  const item = schemaOf(schemaName(kind));
  const id = {
    name: 'id',
    in: 'path',
    required: true,
    schema: { type: 'string' },
    description: `${idField}, which the body may leave out; its slashes may stand as they are`,
  };
  return [
    [
      `/v1/${kind}`,
      {
        get: {
          summary: `All of a kind: ${noun}`,
          security,
          parameters: [
            { name: 'limit', in: 'query', schema: { type: 'integer', minimum: 1, maximum: 1000, default: 1000 } },
            { name: 'cursor', in: 'query', schema: { type: 'string' }, description: 'nextCursor of the page before' },
          ],
          responses: {
            200: { description: 'By id', content: schemaOf('CatalogueItems') },
            400: refusal('Malformed query'),
            ...denied,
          },
        },
      },
    ],
    [
      `/v1/${kind}/{id}`,
      {
        get: {
          summary: `One ${noun}, as it was saved`,
          security,
          parameters: [
            id,
            header('If-None-Match', 'ETag that the caller has'),
            { name: 'version', in: 'query', schema: { type: 'integer' }, description: 'An earlier version' },
            {
              name: 'history',
              in: 'query',
              schema: { type: 'boolean' },
              description: 'All versions instead, the latest first',
            },
          ],
          responses: {
            200: {
              description: `The ${noun}, or with history its versions`,
              headers: etag,
              content: schemaOf(schemaName(kind), 'ItemHistory'),
            },
            304: { description: 'Not changed' },
            400: refusal('Malformed query'),
            ...denied,
            404: refusal('Nothing has this id'),
          },
        },
        put: {
          summary: `Creates or replaces one ${noun}`,
          security,
          parameters: [
            id,
            header('If-Match', 'ETag of the version that is replaced'),
            header('If-None-Match', '* to create'),
            dryRun,
          ],
          requestBody: { required: true, content: item },
          responses: {
            200: {
              description: 'Replaced, or as it was; of a dry run what it would do',
              headers: etag,
              content: schemaOf(schemaName(kind), 'DryRun'),
            },
            201: { description: 'Created', headers: etag, content: item },
            400: { description: 'What is wrong, and where', content: schemaOf('InvalidItem') },
            ...denied,
            ...conditional,
          },
        },
        delete: {
          summary: `Deletes one ${noun}; its past stays`,
          security,
          parameters: [id, header('If-Match', 'ETag of the version that is deleted'), dryRun],
          responses: {
            200: { description: 'What it would do, of a dry run', content: schemaOf('DryRun') },
            204: { description: 'Deleted' },
            400: refusal('Malformed query'),
            ...denied,
            404: refusal('Nothing has this id'),
            409: { description: 'Others name it', content: schemaOf('StillReferenced') },
            ...conditional,
          },
        },
      },
    ],
  ] as const;
}

const conditional = {
  412: refusal('Another version is stored by now'),
  428: refusal('A condition is missing'),
  503: refusal('Send it again'),
};

function refusal(description: string) {
  return { description, content: schemaOf('Refusal') };
}

/** JSON content of one schema, or of any of several. */
function schemaOf(...names: readonly [string, ...string[]]) {
  const [first, ...others] = names.map((name) => ({ $ref: `#/components/schemas/${name}` }));
  return { 'application/json': { schema: others.length === 0 ? first : { anyOf: [first, ...others] } } };
}
