import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { GetSecretValueCommand, PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { fingerprintOf, openKey, SealedKey, sealKey, shortestPassphrase } from './identity-key/sealed-key.ts';
import { runScript } from './run-script.ts';
import { outputOf, targetOf } from './target.ts';

const usage = `npm run identity-key -- backup FILE [--stage STAGE]              seals the key into a new file
npm run identity-key -- check FILE [--stage STAGE]               says whether a backup opens and holds the stage's key
npm run identity-key -- restore FILE --stage STAGE [--replace]   gives the stage the key of a backup

The key stands behind every hash of an identifier: without it no customer is found again. A backup is sealed with the
passphrase in LEMNISCATE_PASSPHRASE, of ${shortestPassphrase} signs or more; keep the two apart, and neither in AWS alone.`;

/** `npm run identity-key`: keeps what a stage can't be without, outside of its account. */
async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { stage: { type: 'string' }, replace: { type: 'boolean', default: false } },
  });
  const [command, file] = positionals;
  if (file === undefined) throw new Error(usage);
  switch (command) {
    case 'backup':
      return backup(file, values.stage);
    case 'check':
      return check(file, values.stage);
    case 'restore':
      if (values.stage === undefined) throw new Error(usage);
      return restore(file, values.stage, values.replace);
    default:
      throw new Error(usage);
  }
}

async function backup(file: string, stage: string | undefined): Promise<void> {
  const passphrase = passphraseGiven();
  const { key } = await liveKey(stage);
  // Never over another backup, which may be the only one of a key that is gone.
  const sealed = sealKey(key, passphrase, { stage: stage ?? 'local', now: new Date() });
  writeFileSync(file, sealed, { mode: 0o600, flag: 'wx' });
  console.log(`${file} holds the key ${fingerprintOf(key)}, sealed`);
}

async function check(file: string, stage: string | undefined): Promise<void> {
  const { kept, key } = opened(file);
  const live = await liveKey(stage);
  if (live.key !== key) {
    throw new Error(
      `${file} holds the key ${fingerprintOf(key)} of stage ${kept.stage}; this stage has another one, ${fingerprintOf(live.key)}`,
    );
  }
  console.log(`${file} opens and holds this stage’s key, ${fingerprintOf(key)}, as of ${kept.sealedAt}`);
}

async function restore(file: string, stage: string, isReplacing: boolean): Promise<void> {
  const { key } = opened(file);
  const live = await liveKey(stage);
  if (live.key === key) return console.log(`Stage ${stage} has this key already`);
  if (!isReplacing) {
    throw new Error(
      `Stage ${stage} has another key, ${fingerprintOf(live.key)}: who came under it is not found again under ${fingerprintOf(key)}. In a stage without customers, or one whose customers came under the backup’s key, say --replace`,
    );
  }
  await live.client.send(new PutSecretValueCommand({ SecretId: live.secretArn, SecretString: key }));
  console.log(
    `Stage ${stage} has the key ${fingerprintOf(key)} now. Functions read it when they start: those that run keep the old one until then`,
  );
}

async function liveKey(stage: string | undefined) {
  const target = await targetOf(stage);
  const client = new SecretsManagerClient(target.client);
  const secretArn = outputOf(target, 'IdentityKeySecretArn');
  const { SecretString: key } = await client.send(new GetSecretValueCommand({ SecretId: secretArn }));
  if (key === undefined) throw new Error(`The secret ${secretArn} holds no text`);
  return { client, secretArn, key };
}

function opened(file: string) {
  const kept = SealedKey.parse(JSON.parse(readFileSync(file, 'utf8')));
  return { kept, key: openKey(kept, passphraseGiven()) };
}

function passphraseGiven(): string {
  const passphrase = process.env.LEMNISCATE_PASSPHRASE ?? '';
  if (passphrase.length < shortestPassphrase)
    throw new Error(`Set LEMNISCATE_PASSPHRASE to ${shortestPassphrase} signs or more: it seals the backup`);
  return passphrase;
}

await runScript(main);
