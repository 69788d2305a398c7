import type { Credential } from '#domain/credential/credential.ts';

/** Finds the credential of a write key. */
export interface Credentials {
  find(key: string): Promise<Credential | undefined>;
}
