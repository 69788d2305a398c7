import {
  type AttributeValue,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  paginateQuery,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import { conditionalWrite, ifAbsent } from '#adapters/dynamodb/conditional-write.ts';
import { type ItemKey, keyAttributes } from '#adapters/dynamodb/read-items.ts';
import { catalogueVersion } from '#domain/catalogue/catalogue.ts';
import { catalogueAt, PastItem, type StoredCatalogue, StoredItem } from '#domain/catalogue/stored-catalogue.ts';
import type { CatalogueChanges } from '#ports/catalogue-changes.ts';
import type { CatalogueStore } from '#ports/catalogue-store.ts';
import { CatalogueTornError } from '#runtime/errors.ts';
import { parse, parseJson } from '#runtime/parse.ts';
import { fullJitter, untilSettled } from '#runtime/retry.ts';
import {
  catalogueItemKey,
  cataloguePartition,
  changeKey,
  changeSortPrefix,
  changesPartition,
  headKey,
  kindSortPrefix,
  toldKey,
} from './keys.ts';

/** Where the catalogue stands: how often it changed, and what it must add up to. Sorts before every item. */
const Head = z.object({ revision: z.int().min(1), catalogueVersion: z.string() });

/** How far the changes are told. */
const Told = z.object({ revision: z.int().min(1) });

const Row = z.looseObject({ sk: z.string(), json: z.string().optional() });
const json = z.record(z.string(), z.unknown());

const readAttempts = 6;
const pause = fullJitter(20, 320);

/**
 * The catalogue in its table: partition `catalogue` holds the head and every item, partition `changes` every change that
 * ever was. A change is one transaction on both and the head, so that all changes have one order. A query is no snapshot: the
 * head's hash tells whether what was read ever stood together.
 */
export function dynamoCatalogue(client: DynamoDBClient, table: string): CatalogueStore & CatalogueChanges {
  async function query(
    pk: string,
    prefix: string,
    more: { ConsistentRead?: boolean; ScanIndexForward?: boolean } = {},
  ) {
    const rows: z.infer<typeof Row>[] = [];
    const pages = paginateQuery(
      { client },
      {
        TableName: table,
        KeyConditionExpression: prefix === '' ? 'pk = :pk' : 'pk = :pk AND begins_with(sk, :prefix)',
        ExpressionAttributeValues: { ':pk': { S: pk }, ...(prefix === '' ? {} : { ':prefix': { S: prefix } }) },
        ...more,
      },
    );
    for await (const { Items = [] } of pages) {
      for (const item of Items) rows.push(parse(Row, unmarshall(item), 'A row of the catalogue'));
    }
    return rows;
  }

  async function tryLoad(): Promise<StoredCatalogue | 'conflict'> {
    const [first, ...rows] = await query(cataloguePartition, '', { ConsistentRead: true });
    if (first === undefined) return { revision: 0, items: [] };
    const head = parse(Head, first, 'The head of the catalogue');
    const items = rows.map(storedItem);
    return catalogueVersion(items) === head.catalogueVersion ? { revision: head.revision, items } : 'conflict';
  }

  async function allChanges(): Promise<readonly PastItem[]> {
    const rows = await query(changesPartition, '', { ConsistentRead: true });
    return rows.map((row) => parse(PastItem, withItem(row), 'A change of the catalogue'));
  }

  return {
    async load() {
      const loaded = await untilSettled(readAttempts, pause, tryLoad);
      if (loaded === 'conflict')
        throw new CatalogueTornError(`The catalogue did not add up to its head in ${readAttempts} reads`);
      return loaded;
    },

    async revision() {
      const { Item } = await client.send(new GetItemCommand({ TableName: table, Key: keyAttributes(headKey) }));
      return Item === undefined ? 0 : parse(Head, unmarshall(Item), 'The head of the catalogue').revision;
    },

    async save({ revision, change, catalogueVersion }) {
      const { item, ...meta } = change;
      const version = revision + 1;
      const itemKey = catalogueItemKey(change.kind, change.id);
      const row = { ...meta, version, ...(item === undefined ? {} : { json: JSON.stringify(item) }) };
      const write = (key: ItemKey, attributes: object): { Put: { TableName: string; Item: Attributes } } => ({
        Put: { TableName: table, Item: marshall({ ...key, ...attributes }) },
      });
      const head = write(headKey, { revision: version, catalogueVersion });
      return conditionalWrite(
        client.send(
          new TransactWriteItemsCommand({
            TransactItems: [
              { Put: { ...head.Put, ...(revision === 0 ? ifAbsent : isAt(revision)) } },
              write(changeKey(change.kind, change.id, version), row),
              item === undefined ? { Delete: { TableName: table, Key: keyAttributes(itemKey) } } : write(itemKey, row),
            ],
          }),
        ),
      );
    },

    async find(kind, id) {
      const { Item } = await client.send(
        new GetItemCommand({
          TableName: table,
          Key: keyAttributes(catalogueItemKey(kind, id)),
          ConsistentRead: true,
        }),
      );
      return Item === undefined ? undefined : storedItem(parse(Row, unmarshall(Item), 'A row of the catalogue'));
    },

    async list(kind) {
      const rows = await query(cataloguePartition, kindSortPrefix(kind), { ConsistentRead: true });
      return rows.map(storedItem);
    },

    async changesOf(kind, id) {
      const rows = await query(changesPartition, changeSortPrefix(kind, id), { ScanIndexForward: false });
      return rows.map((row) => parse(PastItem, withItem(row), 'A change of the catalogue'));
    },

    async loadAt(revision) {
      return catalogueAt(revision, await allChanges());
    },

    async told() {
      const key = keyAttributes(toldKey);
      const { Item } = await client.send(new GetItemCommand({ TableName: table, Key: key, ConsistentRead: true }));
      return Item === undefined ? 0 : parse(Told, unmarshall(Item), 'How far the catalogue is told').revision;
    },

    async after(revision) {
      const changes = await allChanges();
      return changes.filter(({ version }) => version > revision).sort((a, b) => a.version - b.version);
    },

    async noteTold(revision) {
      await conditionalWrite(
        client.send(
          new PutItemCommand({
            TableName: table,
            Item: marshall({ ...toldKey, revision }),
            ConditionExpression: 'attribute_not_exists(pk) OR revision < :told',
            ExpressionAttributeValues: { ':told': { N: String(revision) } },
          }),
        ),
      );
    },
  };
}

type Attributes = Record<string, AttributeValue>;

const isAt = (revision: number) => ({
  ConditionExpression: 'revision = :before',
  ExpressionAttributeValues: { ':before': { N: String(revision) } },
});

const storedItem = (row: z.infer<typeof Row>) => parse(StoredItem, withItem(row), 'A catalogue item');

/** The item stands as JSON text: that keeps the order of its fields. */
function withItem({ json: text, ...row }: z.infer<typeof Row>): unknown {
  return text === undefined ? row : { ...row, item: parseJson(json, text, 'A catalogue item') };
}
