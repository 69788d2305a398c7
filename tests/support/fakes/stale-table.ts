import {
  type AttributeValue,
  BatchGetItemCommand,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  TransactionCanceledException,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';

type Item = Record<string, AttributeValue>;
interface Put {
  readonly Item?: Item | undefined;
  readonly ExpressionAttributeValues?: Item | undefined;
}

/**
 * A table whose eventual reads give any state that an item ever had, that before its first write too: worse than DynamoDB, whose
 * replicas lag by moments. Knows the two conditions that personas are written with: a version, or that there is no item yet.
 */
export class StaleTable {
  /** Eventual reads that gave something else than the latest. */
  staleReads = 0;
  readonly #history = new Map<string, (Item | undefined)[]>();
  readonly #pick: (choices: number) => number;

  constructor(client: DynamoDBClient, pick: (choices: number) => number) {
    this.#pick = pick;
    const aws = mockClient(client);
    aws.on(GetItemCommand).callsFake(({ Key, ConsistentRead }) => ({ Item: this.#read(Key, ConsistentRead) }));
    aws.on(BatchGetItemCommand).callsFake(({ RequestItems }) => {
      const entries = Object.entries<{ Keys: Item[]; ConsistentRead?: boolean }>(RequestItems);
      const found = ([table, { Keys, ConsistentRead }]: (typeof entries)[number]) =>
        [table, Keys.map((key) => this.#read(key, ConsistentRead)).filter((item) => item !== undefined)] as const;
      return { Responses: Object.fromEntries(entries.map(found)) };
    });
    aws.on(PutItemCommand).callsFake((put: Put) => {
      const failure = new ConditionalCheckFailedException({ message: 'failed', $metadata: {} });
      this.#write([put], failure);
    });
    aws.on(TransactWriteItemsCommand).callsFake(({ TransactItems }: { TransactItems: { Put: Put }[] }) => {
      const CancellationReasons = [{ Code: 'ConditionalCheckFailed' }];
      const failure = new TransactionCanceledException({ message: 'cancelled', $metadata: {}, CancellationReasons });
      this.#write(
        TransactItems.map(({ Put }) => Put),
        failure,
      );
    });
  }

  /** Sort keys of all items. */
  get sorts(): readonly string[] {
    return [...this.#history.keys()];
  }

  #read(key: Item, isConsistent: boolean | undefined): Item | undefined {
    const history = this.#historyOf(key);
    const at = isConsistent ? history.length - 1 : this.#pick(history.length);
    if (at !== history.length - 1) this.staleReads++;
    return history[at];
  }

  #write(puts: readonly Put[], failure: Error): void {
    const latest = ({ Item = {} }: Put) => this.#historyOf(Item).at(-1)?.version?.N;
    const before = (put: Put) => put.ExpressionAttributeValues?.[':before']?.N;
    if (puts.some((put) => latest(put) !== before(put))) throw failure;
    for (const { Item = {} } of puts) this.#historyOf(Item).push(Item);
  }

  #historyOf({ sk }: Item): (Item | undefined)[] {
    const history = this.#history.get(sk?.S ?? '') ?? [undefined];
    this.#history.set(sk?.S ?? '', history);
    return history;
  }
}
