import { parseArgs } from 'node:util';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import * as z from 'zod';
import {
  type CredentialRequest,
  dynamoCredentialRegister,
} from '#adapters/credentials-table/dynamo-credential-register.ts';
import { ensureSealingKey } from '#adapters/parameter-store/ensure-sealing-key.ts';
import { readProofKey } from '#adapters/secrets-manager/secret-identity-key.ts';
import { allowanceOf } from '#domain/credential/allowance.ts';
import { scopes } from '#domain/credential/credential.ts';
import { Trust, trustOfScopes } from '#domain/credential/trust.ts';
import { touchpoints } from '#domain/vocabulary/touchpoint.ts';
import { runScript } from '../run/run-script.ts';
import { sealingKeyPlaceOf } from '../target/sealing-key-place-of.ts';
import { outputOf, type Target, targetOf } from '../target/target.ts';

const usage = `npm run credentials -- make --name NAME --touchpoint TOUCHPOINT --scopes SCOPE,SCOPE [--trust TRUST]
                              [--touchpoints T,T] [--rate N] [--quota N] [--stage STAGE]
npm run credentials -- list [--stage STAGE]
npm run credentials -- revoke CREDENTIAL_ID [--stage STAGE]
npm run credentials -- rotate CREDENTIAL_ID [--overlap 7d] [--stage STAGE]
npm run credentials -- proof-key [ID] [--stage STAGE]

touchpoints: ${touchpoints.join(' ')}
scopes:      ${scopes.join(' ')}
trust:       public (a key for web pages and apps: the default of collect alone) or server (one that stays with you)
touchpoints, beside --touchpoint: others that it may speak for
rate        events a second that each function takes of it, in bursts of five seconds’ worth; a public key has 500 unless you say so
quota       events a day (UTC) of all functions together; none unless you say so
rotate      a new key with the same rights; the old one goes on for the overlap: 30m, 12h, 7d
proof-key   what your servers sign proofs with (docs/proof.md); its id is 1 unless the stage names others
Without --stage it talks to the local cloud that runs in this folder.`;

const ChangeBody = z.object({
  name: z.string().min(1),
  touchpoint: z.enum(touchpoints),
  scopes: listOf(scopes),
  trust: Trust.optional(),
  touchpoints: listOf(touchpoints).optional(),
  rate: z.coerce.number().int().min(1).optional(),
  quota: z.coerce.number().int().min(1).optional(),
});

/** A list with commas between its values. */
function listOf<const Value extends string>(values: readonly [Value, ...Value[]]) {
  return z
    .string()
    .transform((list) => list.split(',').map((value) => value.trim()))
    .pipe(z.array(z.enum(values)).min(1));
}

/** Makes, lists and revokes touchpoint credentials. */
async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      stage: { type: 'string' },
      name: { type: 'string' },
      touchpoint: { type: 'string' },
      scopes: { type: 'string' },
      trust: { type: 'string' },
      touchpoints: { type: 'string' },
      rate: { type: 'string' },
      quota: { type: 'string' },
      overlap: { type: 'string', default: '7d' },
    },
  });
  const [command, credentialId] = positionals;
  const registerOf = (target: Target) =>
    dynamoCredentialRegister(new DynamoDBClient(target.client), outputOf(target, 'CredentialsTableName'));
  const register = async () => registerOf(await targetOf(values.stage));

  // Nothing arrives without a credential: who makes one also makes what seals the first refused event.
  const registerForMore = async () => {
    const target = await targetOf(values.stage);
    await ensureSealingKey(sealingKeyPlaceOf(target));
    return registerOf(target);
  };

  switch (command) {
    case 'make': {
      const parts = ChangeBody.safeParse(values);
      if (!parts.success) return fail(`${z.prettifyError(parts.error)}\n\n${usage}`);
      const { key, credential } = await (await registerForMore()).make(changeRequestOf(parts.data), new Date());
      console.log(`key            ${key}   (shown only now)\ncredential id  ${credential.credentialId}`);
      return 0;
    }
    case 'list':
      console.table(
        (await (await register()).list()).map(
          ({ credentialId, name, touchpoint, touchpoints = [], createdAt, revokedAt, expiresAt, ...rights }) => ({
            credentialId,
            name,
            touchpoint,
            speaksFor: touchpoints.join(' '),
            ...shownRights(rights),
            createdAt,
            revokedAt: revokedAt ?? '',
            expiresAt: expiresAt ?? '',
          }),
        ),
      );
      return 0;
    case 'revoke': {
      if (credentialId === undefined) return fail(usage);
      const revoked = await (await register()).revoke(credentialId, new Date());
      if (revoked === undefined) return fail(`No credential has the id ${credentialId}.`);
      console.log(`revoked at ${revoked.revokedAt}; functions notice within a minute`);
      return 0;
    }
    case 'rotate': {
      const overlapMs = overlapOf(values.overlap);
      if (credentialId === undefined || overlapMs === undefined) return fail(usage);
      const rotated = await (await registerForMore()).rotate(credentialId, overlapMs, new Date());
      if (rotated === undefined) return fail(`No credential that goes on has the id ${credentialId}.`);
      const { key, credential, oldEndsAt } = rotated;
      console.log(`key            ${key}   (shown only now)\ncredential id  ${credential.credentialId}`);
      console.log(`the old key goes on until ${oldEndsAt}`);
      return 0;
    }
    case 'proof-key': {
      const target = await targetOf(values.stage);
      const secrets = new SecretsManagerClient(target.client);
      console.log(await readProofKey(secrets, outputOf(target, 'IdentityKeySecretArn'), credentialId ?? '1'));
      return 0;
    }
    default:
      return fail(usage);
  }
}

/** `30m`, `12h` or `7d` in milliseconds. */
function overlapOf(text: string): number | undefined {
  const [, number, unit = ''] = /^(\d{1,4})([mhd])$/.exec(text) ?? [];
  const unitMs = { m: 60_000, h: 3_600_000, d: 86_400_000 }[unit];
  return number === undefined || unitMs === undefined ? undefined : Number(number) * unitMs;
}

function changeRequestOf({
  trust,
  touchpoints,
  rate,
  quota,
  ...parts
}: z.output<typeof ChangeBody>): CredentialRequest {
  return {
    ...parts,
    trust: trust ?? trustOfScopes(parts.scopes),
    ...(touchpoints === undefined ? {} : { touchpoints }),
    ...(rate === undefined ? {} : { eventsPerSecond: rate }),
    ...(quota === undefined ? {} : { eventsPerDay: quota }),
  };
}

/** What a credential may do, and how much of it, with what its trust gives. */
function shownRights({
  scopes,
  trust = trustOfScopes(scopes),
  ...stored
}: Omit<CredentialRequest, 'name' | 'touchpoint'>) {
  const { eventsPerSecond = '', eventsPerDay = '' } = allowanceOf(trust, stored);
  return { scopes: scopes.join(' '), trust, eventsPerSecond, eventsPerDay };
}

function fail(text: string): number {
  console.error(text);
  return 1;
}

await runScript(async () => {
  process.exitCode = await main();
});
