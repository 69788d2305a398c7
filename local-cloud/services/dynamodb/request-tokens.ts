import * as z from 'zod';
import type { Clock } from '#local-cloud/cloud/service.ts';
import type { ItemStore } from './item-store.ts';
import type { StoreOperation } from './sorted-store.ts';

/** How long a ClientRequestToken is remembered, from the API reference of TransactWriteItems. */
const rememberedMs = 10 * 60 * 1000;
const tokenPrefix = 'token~';

const storedToken = z.object({ digest: z.string(), atMs: z.number() });

/** Tokens of recent transactions, kept with the items so that a retry across a crash has no second effect. */
export interface RequestTokens {
  digestOf(token: string): string | undefined;
  /** Remembers a token; the operations belong in the transaction's own batch. */
  remember(token: string, digest: string): readonly StoreOperation[];
}

/** Loads what the store remembers. */
export function openRequestTokens(store: ItemStore, clock: Clock): RequestTokens {
  const stored = store.entries({ gte: tokenPrefix, lt: `${tokenPrefix}\uffff` });
  const tokens = new Map(
    stored
      .map(([key, value]) => ({ token: key.slice(tokenPrefix.length), ...storedToken.parse(value) }))
      .sort((left, right) => left.atMs - right.atMs)
      .map(({ token, digest, atMs }) => [token, { digest, atMs }]),
  );
  const isForgotten = (atMs: number): boolean => clock.now() - atMs >= rememberedMs;
  const forget = (): StoreOperation[] => {
    const operations: StoreOperation[] = [];
    for (const [token, { atMs }] of tokens) {
      if (!isForgotten(atMs)) break;
      tokens.delete(token);
      operations.push({ type: 'del', key: tokenPrefix + token });
    }
    return operations;
  };
  return {
    digestOf: (token) => {
      const found = tokens.get(token);
      return found === undefined || isForgotten(found.atMs) ? undefined : found.digest;
    },
    remember: (token, digest) => {
      const operations = forget();
      const value = { digest, atMs: clock.now() };
      tokens.set(token, value);
      return [...operations, { type: 'put', key: tokenPrefix + token, value }];
    },
  };
}
