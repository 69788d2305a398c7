import { outputOf, readLocalCloud, targetOf } from './target.ts';

/** How to call a Lemniscate's HTTP API. */
export interface ApiAccess {
  readonly url: string;
  readonly key: string;
}

/** Access with a scope: of a stage with the key in LEMNISCATE_KEY, of the local cloud with its own. Throws an Error that says how to get a key. */
export function apiAccess(stage: string | undefined, scope: 'catalogue' | 'collect'): ApiAccess {
  if (stage === undefined) {
    const { url, adminKey, writeKey } = readLocalCloud();
    return { url, key: scope === 'collect' ? writeKey : adminKey };
  }
  const url = outputOf(targetOf(stage), 'ApiUrl');
  const key = process.env.LEMNISCATE_KEY;
  if (key === undefined) {
    throw new Error(
      `Set LEMNISCATE_KEY to the key of a credential with the scope "${scope}": npm run credentials -- make --name ${scope} --touchpoint web --scopes ${scope} --stage ${stage}`,
    );
  }
  return { url, key };
}
