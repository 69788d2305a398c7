import * as z from 'zod';
import { type ItemKind, itemKinds } from '#domain/catalogue/item-kinds.ts';
import { conditionsHold, entityTag } from '#domain/catalogue/precondition.ts';
import type { PastItem, StoredItem } from '#domain/catalogue/stored-catalogue.ts';
import { checkAccess } from '#domain/credential/access.ts';
import type { CatalogueStore } from '#ports/catalogue-store.ts';
import type { HttpFunction } from '#runtime/http/answer-or-retry.ts';
import { cataloguePath } from '#runtime/http/catalogue-path.ts';
import { faultsInWords } from '#runtime/http/faults-in-words.ts';
import { answer, callerOfRequest, type HttpAnswer, type HttpRequest, refuse } from '#runtime/http/http.ts';

const ListQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(1000).default(1000),
  cursor: z.string().optional(),
});
const ItemQuery = z.strictObject({
  version: z.coerce.number().int().min(1).optional(),
  history: z.enum(['true', 'false']).default('false'),
});

interface ReadCatalogueDeps {
  readonly store: Pick<CatalogueStore, 'find' | 'list' | 'changesOf'>;
}

/** Answers an item of the catalogue, one of its past versions, all its versions, or all items of a kind. */
export function readCatalogue({ store }: ReadCatalogueDeps): HttpFunction {
  return async (request) => {
    const access = checkAccess(callerOfRequest(request), 'read', 'decide', 'catalogue');
    if (access.kind === 'denied') return refuse(access.status, access.code, access.message);
    const { kind, id } = cataloguePath(request);
    const given = request.queryStringParameters ?? {};
    if (id === undefined) {
      const query = ListQuery.safeParse(given);
      return query.success ? listed(await store.list(kind), query.data) : malformedQuery(query.error);
    }
    const query = ItemQuery.safeParse(given);
    if (!query.success) return malformedQuery(query.error);
    const { version, history } = query.data;
    if (history === 'true') return historyOf(kind, id, await store.changesOf(kind, id));
    if (version === undefined) {
      const found = await store.find(kind, id);
      return found === undefined ? unknown(kind, id) : shown(found.item, found.version, request);
    }
    const past = (await store.changesOf(kind, id)).find((change) => change.version === version);
    return past?.item === undefined ? unknownVersion(kind, id, version) : shown(past.item, version, request);
  };
}

function shown(item: object, version: number, { headers }: HttpRequest): HttpAnswer {
  const etag = entityTag(version);
  const ifNoneMatch = headers['if-none-match'];
  return conditionsHold({ ifMatch: undefined, ifNoneMatch }, version)
    ? answer(200, item, { etag })
    : { statusCode: 304, headers: { etag }, body: '' };
}

/** A page ends early where its answer would pass what a function may answer: 6 MB. */
const largestPageBytes = 4_000_000;

function listed(items: readonly StoredItem[], { limit, cursor }: z.infer<typeof ListQuery>): HttpAnswer {
  const rest = items.filter(({ id }) => cursor === undefined || id > cursor);
  const page: object[] = [];
  let bytes = 0;
  let last: string | undefined;
  for (const { id, version, updatedAt, updatedBy, item, places } of rest.slice(0, limit)) {
    bytes += Buffer.byteLength(JSON.stringify(item)) + 200;
    if (bytes > largestPageBytes) break;
    page.push({ id, version, updatedAt, updatedBy, item, ...(places === undefined ? {} : { places }) });
    last = id;
  }
  return answer(200, { items: page, nextCursor: page.length < rest.length ? (last ?? null) : null });
}

function historyOf(kind: ItemKind, id: string, changes: readonly PastItem[]): HttpAnswer {
  if (changes.length === 0) return unknown(kind, id);
  return answer(200, {
    versions: changes.map(({ version, updatedAt, updatedBy, item, places }) => ({
      version,
      updatedAt,
      updatedBy,
      deleted: item === undefined,
      ...(places === undefined ? {} : { places }),
    })),
  });
}

function unknown(kind: ItemKind, id: string): HttpAnswer {
  return refuse(404, 'unknown_item', `There is no ${itemKinds[kind].noun} "${id.slice(0, 80)}".`);
}

function unknownVersion(kind: ItemKind, id: string, version: number): HttpAnswer {
  const named = `${itemKinds[kind].noun} "${id.slice(0, 80)}"`;
  return refuse(404, 'unknown_item', `There is no version ${version} of the ${named}; ?history=true lists them.`);
}

function malformedQuery(error: z.ZodError): HttpAnswer {
  return refuse(400, 'malformed_query', `The query can't be read. ${faultsInWords(error, 'query')}`);
}
