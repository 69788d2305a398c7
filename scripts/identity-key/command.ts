import { createPrivateKey } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { GetSecretValueCommand, PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import * as z from 'zod';
import { dynamoSealingKey } from '#adapters/credentials-table/dynamo-sealing-key.ts';
import { sealingKeyParameter } from '#adapters/parameter-store/sealing-key-parameter.ts';
import { publicHalfOf } from '#adapters/sealing/public-half-of.ts';
import { type CommandGroup, command } from '#scripts/run/command.ts';
import { stageOption } from '#scripts/run/stage-option.ts';
import { sealingKeyPlaceOf } from '#scripts/target/sealing-key-place-of.ts';
import { outputOf, targetOf } from '#scripts/target/target.ts';
import { fingerprintOf, openKeys, SealedKey, sealKeys, shortestPassphrase } from './sealed-key.ts';

const file = z.string().describe('The file of the backup');

export const identityKey: CommandGroup = {
  name: 'identity-key',
  summary: 'Keeps what a stage can’t be without, outside of its account',
  notes: `The key stands behind every hash of an identifier: without it no customer is found again. The sealing
key goes with it: without that one no refused event opens. A backup is sealed with the
passphrase in LEMNISCATE_PASSPHRASE, of ${shortestPassphrase} signs or more; keep the two apart, and neither in AWS alone.`,
  commands: [
    command({
      name: 'backup',
      summary: 'Seals the keys into a new file',
      values: z.object({ file, stage: stageOption }),
      positionals: ['file'],
      main: (given) => backup(given.file, given.stage),
    }),
    command({
      name: 'check',
      summary: 'Says whether a backup opens and holds the stage’s key',
      values: z.object({ file, stage: stageOption }),
      positionals: ['file'],
      main: (given) => check(given.file, given.stage),
    }),
    command({
      name: 'restore',
      summary: 'Gives the stage the key of a backup',
      values: z.object({
        file,
        stage: z.string().describe('A deployed stage'),
        replace: z.boolean().default(false).describe('Even when the stage has another key, under which customers came'),
      }),
      positionals: ['file'],
      main: (given) => restore(given.file, given.stage, given.replace),
    }),
  ],
};

async function backup(file: string, stage: string | undefined): Promise<void> {
  const passphrase = passphraseGiven();
  const { key, sealingKey } = await liveKeys(stage);
  // Never over another backup, which may be the only one of a key that is gone.
  const sealed = sealKeys({ key, sealingKey }, passphrase, { stage: stage ?? 'local', now: new Date() });
  writeFileSync(file, sealed, { mode: 0o600, flag: 'wx' });
  console.log(`${file} holds the key ${fingerprintOf(key)}${sealingKey ? ' and the sealing key' : ''}, sealed`);
  if (sealingKey === undefined) console.log('The stage has no sealing key yet: make a backup again when it has');
}

async function check(file: string, stage: string | undefined): Promise<void> {
  const { kept, key, sealingKey } = opened(file);
  const live = await liveKeys(stage);
  if (live.key !== key) {
    throw new Error(
      `${file} holds the key ${fingerprintOf(key)} of stage ${kept.stage}; this stage has another one, ${fingerprintOf(live.key)}`,
    );
  }
  if (live.sealingKey !== sealingKey) {
    throw new Error(
      `${file} holds this stage’s key and ${sealingKey ? 'another' : 'no'} sealing key: refused events would not open with it. Make a backup again`,
    );
  }
  await checkPublicHalf(live);
  console.log(`${file} opens and holds this stage’s key, ${fingerprintOf(key)}, as of ${kept.sealedAt}`);
}

/** Whoever puts another public half there reads what is refused from then on, and we don't. */
async function checkPublicHalf({ place, sealingKey }: Awaited<ReturnType<typeof liveKeys>>): Promise<void> {
  if (place === undefined || sealingKey === undefined) return;
  const published = await dynamoSealingKey(place.dynamo, place.table).read();
  if (published === publicHalfOf(createPrivateKey(sealingKey))) return;
  throw new Error(
    `Refused events are sealed ${published === undefined ? 'with the identity key' : 'for somebody else'}: the public half in the credentials’ table is not of the stage’s sealing key. Restore the key from a backup`,
  );
}

async function restore(file: string, stage: string, isReplacing: boolean): Promise<void> {
  const { key, sealingKey } = opened(file);
  const live = await liveKeys(stage);
  const isSame = live.key === key;
  if (!isSame && !isReplacing) {
    throw new Error(
      `Stage ${stage} has another key, ${fingerprintOf(live.key)}: who came under it is not found again under ${fingerprintOf(key)}. In a stage without customers, or one whose customers came under the backup’s key, say --replace`,
    );
  }
  await restoreSealingKey(sealingKey, live, isReplacing);
  if (isSame) return console.log(`Stage ${stage} has this key already`);
  await live.client.send(new PutSecretValueCommand({ SecretId: live.secretArn, SecretString: key }));
  console.log(
    `Stage ${stage} has the key ${fingerprintOf(key)} now. Functions read it when they start: those that run keep the old one until then`,
  );
}

async function restoreSealingKey(
  sealingKey: string | undefined,
  { place, ...live }: Awaited<ReturnType<typeof liveKeys>>,
  isReplacing: boolean,
): Promise<void> {
  if (sealingKey === undefined) return console.log('The backup holds no sealing key: the stage keeps its own');
  if (place === undefined) throw new Error('The stage knows no sealing keys: deploy it first');
  if (live.sealingKey !== undefined && live.sealingKey !== sealingKey && !isReplacing) {
    throw new Error(
      'The stage has another sealing key: what was refused under it opens with no other. To give it up say --replace',
    );
  }
  if (live.sealingKey !== sealingKey) await sealingKeyParameter(place.ssm, place.parameter).put(sealingKey, 'another');
  await dynamoSealingKey(place.dynamo, place.table).put(publicHalfOf(createPrivateKey(sealingKey)), 'another');
}

async function liveKeys(stage: string | undefined) {
  const target = await targetOf(stage);
  const client = new SecretsManagerClient(target.client);
  const secretArn = outputOf(target, 'IdentityKeySecretArn');
  const { SecretString: key } = await client.send(new GetSecretValueCommand({ SecretId: secretArn }));
  if (key === undefined) throw new Error(`The secret ${secretArn} holds no text`);
  // A stage that was deployed before there were sealing keys has its backup all the same.
  const place = target.outputs.SealingKeyParameter === undefined ? undefined : sealingKeyPlaceOf(target);
  const sealingKey = place && (await sealingKeyParameter(place.ssm, place.parameter).read());
  return { client, secretArn, key, place, sealingKey };
}

function opened(file: string) {
  const kept = backupIn(file);
  return { kept, ...openKeys(kept, passphraseGiven()) };
}

function backupIn(file: string): z.output<typeof SealedKey> {
  const text = readFileSync(file, 'utf8');
  try {
    return SealedKey.parse(JSON.parse(text));
  } catch (cause) {
    throw new Error(`${file} is no backup that "npm run identity-key -- backup" made`, { cause });
  }
}

function passphraseGiven(): string {
  const passphrase = process.env.LEMNISCATE_PASSPHRASE ?? '';
  if (passphrase.length < shortestPassphrase)
    throw new Error(`Set LEMNISCATE_PASSPHRASE to ${shortestPassphrase} signs or more: it seals the backup`);
  return passphrase;
}
