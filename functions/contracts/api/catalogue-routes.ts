import * as z from 'zod';
import { type ItemKind, itemKindNames, itemKinds } from '#domain/catalogue/item-kinds.ts';
import { ArmPlaces } from '#domain/strategy/arm-places.ts';
import { ItemFault } from '#domain/vocabulary/item-fault.ts';
import { comeAgain, denied, GatewayRefusal, jsonOf, Refusal, RefusalCode, refusal } from './api-parts.ts';
import type { Route } from './route.ts';

const Reference = z.object({ kind: z.enum(itemKindNames), id: z.string(), path: z.string() });

const places = z
  .array(ArmPlaces)
  .describe('Of a strategy: which customers each of its arms has, see docs/experiments.md');

const CatalogueItems = z.object({
  items: z.array(
    z.object({
      id: z.string(),
      version: z.int().describe('Number that grows with each change of the catalogue; quoted, it is the ETag'),
      updatedAt: z.iso.datetime(),
      updatedBy: z.string().describe('Id of the credential that saved it'),
      item: z.record(z.string(), z.unknown()),
      places: places.optional(),
    }),
  ),
  nextCursor: z.string().nullable(),
});

const ItemHistory = z.object({
  versions: z.array(
    z.object({
      version: z.int(),
      updatedAt: z.iso.datetime(),
      updatedBy: z.string(),
      deleted: z.boolean(),
      places: places.optional(),
    }),
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
  error: z.object({ code: RefusalCode, message: z.string(), faults: z.array(ItemFault).optional() }),
});

const StillReferenced = z.object({
  error: z.object({ code: RefusalCode, message: z.string(), references: z.array(Reference) }),
});

const security = [{ writeKey: [] }];
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

/** Routes of the catalogue: every kind of item is read, saved and deleted alike. Its ids may hold slashes. */
export function catalogueRoutes(): Route[] {
  return itemKindNames.flatMap((kind) => routesOf(kind));
}

/** Schemas of the items and of the answers, for the components of the document. */
export function catalogueSchemas() {
  const items = itemKindNames.map((kind) => [schemaName(kind), itemKinds[kind].schema] as const);
  const answers = { CatalogueItems, ItemHistory, DryRun, InvalidItem, StillReferenced, Refusal, GatewayRefusal };
  const all = { ...Object.fromEntries(items), ...answers };
  return Object.fromEntries(
    Object.entries(all).map(([name, schema]) => [name, z.toJSONSchema(schema, { io: 'input' })]),
  );
}

/** `OfferGroup` for offer groups. */
function schemaName(kind: ItemKind): string {
  return nameOfWords(itemKinds[kind].noun.split(' '));
}

/** The item that the kind's schema has as an example. */
function exampleOf(kind: ItemKind): { readonly example?: unknown } {
  const examples = itemKinds[kind].schema.meta()?.examples;
  const example: unknown = Array.isArray(examples) ? examples[0] : undefined;
  return example === undefined ? {} : { example };
}

function nameOfWords(words: readonly string[]): string {
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}

function routesOf(kind: ItemKind): Route[] {
  const reads = { method: 'GET', to: 'read-catalogue', scopes: ['read', 'decide', 'catalogue'] } as const;
  const writes = { to: 'write-catalogue', path: `/v1/${kind}/{id+}`, scopes: ['catalogue'] } as const;
  const { idField, noun } = itemKinds[kind];
  const item = jsonOf(schemaName(kind));
  const one = schemaName(kind);
  const tags = ['Catalogue'] as const;
  const id = {
    name: 'id',
    in: 'path',
    required: true,
    schema: { type: 'string' },
    description: `${idField}, which the body may leave out; its slashes may stand as they are`,
  };
  return [
    {
      ...reads,
      path: `/v1/${kind}`,
      operation: {
        operationId: `list${nameOfWords(kind.split('-'))}`,
        tags,
        summary: `All of a kind: ${noun}`,
        security,
        parameters: [
          { name: 'limit', in: 'query', schema: { type: 'integer', minimum: 1, maximum: 1000, default: 1000 } },
          { name: 'cursor', in: 'query', schema: { type: 'string' }, description: 'nextCursor of the page before' },
        ],
        responses: {
          200: { description: 'By id', content: jsonOf('CatalogueItems') },
          400: refusal('Malformed query'),
          ...denied,
          ...comeAgain,
        },
      },
    },
    {
      ...reads,
      path: `/v1/${kind}/{id+}`,
      operation: {
        operationId: `read${one}`,
        tags,
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
            content: jsonOf(schemaName(kind), 'ItemHistory'),
          },
          304: { description: 'Not changed' },
          400: refusal('Malformed query'),
          ...denied,
          404: refusal('Nothing has this id'),
          ...comeAgain,
        },
      },
    },
    {
      ...writes,
      method: 'PUT',
      operation: {
        operationId: `save${one}`,
        tags,
        summary: `Creates or replaces one ${noun}`,
        security,
        parameters: [
          id,
          header('If-Match', 'ETag of the version that is replaced'),
          header('If-None-Match', '* to create'),
          dryRun,
        ],
        requestBody: {
          required: true,
          content: { 'application/json': { ...item['application/json'], ...exampleOf(kind) } },
        },
        responses: {
          200: {
            description: 'Replaced, or as it was; of a dry run what it would do',
            headers: etag,
            content: jsonOf(schemaName(kind), 'DryRun'),
          },
          201: { description: 'Created', headers: etag, content: item },
          400: { description: 'What is wrong, and where', content: jsonOf('InvalidItem') },
          ...denied,
          ...conditional,
        },
      },
    },
    {
      ...writes,
      method: 'DELETE',
      operation: {
        operationId: `delete${one}`,
        tags,
        summary: `Deletes one ${noun}; its past stays`,
        security,
        parameters: [id, header('If-Match', 'ETag of the version that is deleted'), dryRun],
        responses: {
          200: { description: 'What it would do, of a dry run', content: jsonOf('DryRun') },
          204: { description: 'Deleted' },
          400: refusal('Malformed query'),
          ...denied,
          404: refusal('Nothing has this id'),
          409: { description: 'Others name it', content: jsonOf('StillReferenced') },
          ...conditional,
        },
      },
    },
  ];
}

const conditional = {
  412: refusal('Another version is stored by now'),
  428: refusal('A condition is missing'),
  ...comeAgain,
};
