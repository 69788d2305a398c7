import * as z from 'zod';
import type { ItemKind } from '#domain/catalogue/item-kinds.ts';
import type { ApiAccess } from '#scripts/target/api-access.ts';
import { basicAuth } from '#scripts/target/basic-auth.ts';

const RemoteItem = z.object({ id: z.string(), version: z.int(), item: z.record(z.string(), z.unknown()) });
export type RemoteItem = z.infer<typeof RemoteItem>;
const Page = z.object({ items: z.array(RemoteItem), nextCursor: z.string().nullable() });
const Refusal = z.object({ error: z.object({ code: z.string(), message: z.string() }) });

/** What became of a write: done, or refused with a code and words. */
export type WriteOutcome =
  | { readonly kind: 'done' }
  | { readonly kind: 'refused'; readonly status: number; readonly code: string; readonly message: string };

/** The catalogue of a running Lemniscate, through its API. The key needs the scope `catalogue`. */
export function remoteCatalogue({ url, key }: ApiAccess) {
  const authorization = basicAuth(key);

  async function call(method: string, path: string, headers: Record<string, string> = {}, body?: unknown) {
    return fetch(`${url}/v1/${path}`, {
      method,
      headers: { authorization, 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  }

  async function outcomeOf(response: Response): Promise<WriteOutcome> {
    if (response.ok) return { kind: 'done' };
    const text = await response.text();
    const refusal = Refusal.safeParse(jsonOr(text));
    if (!refusal.success) throw new Error(`${response.url} answered ${response.status}: ${text.slice(0, 500)}`);
    return { kind: 'refused', status: response.status, ...refusal.data.error };
  }

  return {
    /** All items of a kind, by id. Throws an Error when the API refuses. */
    async list(kind: ItemKind): Promise<readonly RemoteItem[]> {
      const items: RemoteItem[] = [];
      let cursor: string | null = '';
      while (cursor !== null) {
        const query: string = cursor === '' ? '' : `?cursor=${encodeURIComponent(cursor)}`;
        const response = await call('GET', `${kind}${query}`);
        if (!response.ok) throw new Error(`Reading ${kind} answered ${response.status}: ${await response.text()}`);
        const page: z.infer<typeof Page> = Page.parse(await response.json());
        items.push(...page.items);
        cursor = page.nextCursor;
      }
      return items;
    },

    /** Creates an item, or replaces the version that is named. */
    async put(kind: ItemKind, id: string, item: unknown, version: number | undefined): Promise<WriteOutcome> {
      const condition: Record<string, string> =
        version === undefined ? { 'if-none-match': '*' } : { 'if-match': `"${version}"` };
      return outcomeOf(await call('PUT', `${kind}/${id}`, condition, item));
    },

    /** Deletes the version that is named. */
    async delete(kind: ItemKind, id: string, version: number): Promise<WriteOutcome> {
      return outcomeOf(await call('DELETE', `${kind}/${id}`, { 'if-match': `"${version}"` }));
    },
  };
}

export type RemoteCatalogue = ReturnType<typeof remoteCatalogue>;

function jsonOr(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
