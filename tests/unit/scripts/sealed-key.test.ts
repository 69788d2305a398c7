import { expect, test } from 'vitest';
import { fingerprintOf, openKey, SealedKey, sealKey } from '#scripts/identity-key/sealed-key.ts';

const passphrase = 'correct horse battery staple';
const key = 'k'.repeat(64);
const file = sealKey(key, passphrase, { stage: 'prod', now: new Date('2026-03-01T12:00:00Z') });
const kept = SealedKey.parse(JSON.parse(file));

test('opens with its passphrase, and says of which stage and when it is', () => {
  expect(openKey(kept, passphrase)).toBe(key);
  expect(kept).toMatchObject({ stage: 'prod', sealedAt: '2026-03-01T12:00:00.000Z', fingerprint: fingerprintOf(key) });
});

test('does not open with another passphrase, nor when a bit of it changed', () => {
  expect(() => openKey(kept, `${passphrase}!`)).toThrow('the passphrase is another one, or the file was changed');
  const bent = Buffer.from(kept.sealed);
  bent[0] = (bent[0] ?? 0) ^ 1;
  expect(() => openKey({ ...kept, sealed: bent }, passphrase)).toThrow('does not open');
});

test('shows nothing of the key, and looks different each time', () => {
  expect(file).not.toContain(key.slice(0, 8));
  const again = SealedKey.parse(
    JSON.parse(sealKey(key, passphrase, { stage: 'prod', now: new Date('2026-03-01T12:00:00Z') })),
  );
  expect(again.sealed.equals(kept.sealed)).toBe(false);
  expect(again.fingerprint).toBe(kept.fingerprint);
});

test('tells two keys apart', () => {
  expect(fingerprintOf(key)).not.toBe(fingerprintOf(`${key}k`));
});
