import { createCipheriv, createDecipheriv, createHmac, randomBytes, scryptSync } from 'node:crypto';
import * as z from 'zod';

const base64 = z.string().transform((text) => Buffer.from(text, 'base64'));

/** What a stage can't be without, and no stack makes again. */
export interface KeptKeys {
  /** The identity key's secret. */
  readonly key: string;
  /** Private half of the sealing key in PEM; absent in a stage, or a backup, of before there were any. */
  readonly sealingKey?: string | undefined;
}

const Kept = z.object({ key: z.string(), sealingKey: z.string().optional() });

/** A backup of a stage's keys: a file that is worth nothing without its passphrase. */
export const SealedKey = z.object({
  /** The first held the identity key alone. */
  format: z.enum(['lemniscate-identity-key/1', 'lemniscate-identity-key/2']),
  stage: z.string(),
  sealedAt: z.iso.datetime(),
  /** Of the identity key: tells two apart and nothing about either. */
  fingerprint: z.string(),
  salt: base64,
  nonce: base64,
  /** AES-256-GCM: the identity key's text, or {@link KeptKeys} as JSON, then the tag of 16 bytes. */
  sealed: base64,
});

/** Of a passphrase that is guessed offline, each sign counts. */
export const shortestPassphrase = 20;

/** The first half of a MAC under the key: equal for equal keys. */
export function fingerprintOf(key: string): string {
  return createHmac('sha256', key).update('lemniscate identity key').digest('hex').slice(0, 32);
}

/** The text of a backup file. */
export function sealKeys(
  { key, sealingKey }: KeptKeys,
  passphrase: string,
  about: { readonly stage: string; readonly now: Date },
): string {
  const salt = randomBytes(16);
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', stretched(passphrase, salt), nonce);
  const sealed = Buffer.concat([
    cipher.update(JSON.stringify({ key, sealingKey }), 'utf8'),
    cipher.final(),
    cipher.getAuthTag(),
  ]);
  const file = {
    format: 'lemniscate-identity-key/2',
    stage: about.stage,
    sealedAt: about.now.toISOString(),
    fingerprint: fingerprintOf(key),
    salt: salt.toString('base64'),
    nonce: nonce.toString('base64'),
    sealed: sealed.toString('base64'),
  } satisfies z.input<typeof SealedKey>;
  return `${JSON.stringify(file, null, 2)}\n`;
}

/** The keys in a backup. Throws an Error when the passphrase is another one or the file was changed. */
export function openKeys({ format, ...kept }: z.output<typeof SealedKey>, passphrase: string): KeptKeys {
  const text = openText(kept, passphrase);
  return format === 'lemniscate-identity-key/1' ? { key: text } : Kept.parse(JSON.parse(text));
}

function openText(
  { salt, nonce, sealed }: Pick<z.output<typeof SealedKey>, 'salt' | 'nonce' | 'sealed'>,
  passphrase: string,
): string {
  const decipher = createDecipheriv('aes-256-gcm', stretched(passphrase, salt), nonce);
  decipher.setAuthTag(sealed.subarray(-16));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]).toString('utf8');
  } catch (cause) {
    throw new Error('The backup does not open: the passphrase is another one, or the file was changed', { cause });
  }
}

/** OWASP's first choice of scrypt's parameters: N = 2^17, r = 8, p = 1, which takes 128 MB. */
function stretched(passphrase: string, salt: Buffer): Buffer {
  return scryptSync(passphrase, salt, 32, { N: 2 ** 17, r: 8, p: 1, maxmem: 256 * 2 ** 20 });
}
