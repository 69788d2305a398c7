import { expect, test } from 'vitest';
import { fingerprintOf, openKeys, SealedKey, sealKeys } from '#scripts/identity-key/sealed-key.ts';

const passphrase = 'correct horse battery staple';
const key = 'k'.repeat(64);
const keys = { key, sealingKey: 's'.repeat(119) };
const file = sealKeys(keys, passphrase, { stage: 'prod', now: new Date('2026-03-01T12:00:00Z') });
const kept = SealedKey.parse(JSON.parse(file));

test('opens with its passphrase, and says of which stage and when it is', () => {
  expect(openKeys(kept, passphrase)).toEqual(keys);
  expect(kept).toMatchObject({ stage: 'prod', sealedAt: '2026-03-01T12:00:00.000Z', fingerprint: fingerprintOf(key) });
});

test('does not open with another passphrase, nor when a bit of it changed', () => {
  expect(() => openKeys(kept, `${passphrase}!`)).toThrow('the passphrase is another one, or the file was changed');
  const bent = Buffer.from(kept.sealed);
  bent[0] = (bent[0] ?? 0) ^ 1;
  expect(() => openKeys({ ...kept, sealed: bent }, passphrase)).toThrow('does not open');
});

test('shows nothing of the key, and looks different each time', () => {
  expect(file).not.toContain(key.slice(0, 8));
  const again = SealedKey.parse(
    JSON.parse(sealKeys(keys, passphrase, { stage: 'prod', now: new Date('2026-03-01T12:00:00Z') })),
  );
  expect(again.sealed.equals(kept.sealed)).toBe(false);
  expect(again.fingerprint).toBe(kept.fingerprint);
});

test('tells two keys apart', () => {
  expect(fingerprintOf(key)).not.toBe(fingerprintOf(`${key}k`));
});

test('of before there were sealing keys opens too', () => {
  // Sealed by this project when a backup held nothing but the identity key.
  const old = SealedKey.parse({
    format: 'lemniscate-identity-key/1',
    stage: 'prod',
    sealedAt: '2026-03-01T12:00:00.000Z',
    fingerprint: '42355e1f6b25daf548a627197b5d8ac2',
    salt: 'M55MNYXj3seqDyLnr5Ef4g==',
    nonce: 'KL3vs4e31K//H3Vu',
    sealed:
      'Js0OS2k5fVdx3nHr0nt7d9Z45fj24xo/ozW6BP1X6Vhaegh+u7IVwvry/qouRIdN2kZHfQ3DOWyVFawO9PyHguYZtpz7KRFbUUxjam+i+nM=',
  });
  expect(openKeys(old, passphrase)).toEqual({ key });
});
