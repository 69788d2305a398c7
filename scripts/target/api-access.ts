import { outputOf, readLocalCloud, targetOf } from './target.ts';

/** How to call a Lemniscate's HTTP API. */
export interface ApiAccess {
  readonly url: string;
  readonly key: string;
}

/** Access with a scope: of a stage with the key in LEMNISCATE_KEY, of the local cloud with its own. Throws an Error that says how to get a key. */
export async function apiAccess(stage: string | undefined, scope: 'catalogue' | 'collect'): Promise<ApiAccess> {
  if (stage === undefined) {
    const { url, adminKey } = readLocalCloud();
    return { url, key: adminKey };
  }
  const key = process.env.LEMNISCATE_KEY;
  if (key === undefined) {
    throw new Error(
      `Set LEMNISCATE_KEY to the key of a credential with the scope "${scope}": npm run credentials -- make --name ${scope} --touchpoint web --scopes ${scope === 'collect' ? 'collect,admin' : scope} --stage ${stage}`,
    );
  }
  return { url: outputOf(await targetOf(stage), 'ApiUrl'), key };
}
