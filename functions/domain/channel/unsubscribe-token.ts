import { createHmac, timingSafeEqual } from 'node:crypto';
import * as z from 'zod';

/** Who says no to what: a consent category such as `marketing:email`, and the decision whose message had the link. */
export interface Unsubscription {
  readonly personaId: string;
  readonly category: string;
  readonly decisionId: string;
  readonly treatmentId: string;
}

const Fields = z.tuple([z.string(), z.string(), z.string(), z.string()]);

/** The link's token: readable, and signed, so that nobody unsubscribes another. It never lapses, for a no may come years later. */
export function unsubscribeToken(
  key: Buffer,
  { personaId, category, decisionId, treatmentId }: Unsubscription,
): string {
  const said = Buffer.from(JSON.stringify([personaId, category, decisionId, treatmentId])).toString('base64url');
  return `${said}.${signature(key, said).toString('base64url')}`;
}

/** Reads a token; undefined for one that was not signed with the key. */
export function readUnsubscribeToken(key: Buffer, token: string): Unsubscription | undefined {
  const [said = '', signed = '', ...more] = token.split('.');
  const given = Buffer.from(signed, 'base64url');
  const expected = signature(key, said);
  if (more.length > 0 || given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
  const [personaId, category, decisionId, treatmentId] = Fields.parse(
    JSON.parse(Buffer.from(said, 'base64url').toString()),
  );
  return { personaId, category, decisionId, treatmentId };
}

function signature(key: Buffer, said: string): Buffer {
  return createHmac('sha256', key).update(said, 'utf8').digest();
}
