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
import { Touchpoint, touchpoints as usualTouchpoints } from '#domain/vocabulary/touchpoint.ts';
import { stageConfig } from '#infra/config.ts';
import { type CommandGroup, command } from '#scripts/run/command.ts';
import { stageOption } from '#scripts/run/stage-option.ts';
import { sealingKeyPlaceOf } from '#scripts/target/sealing-key-place-of.ts';
import { outputOf, type Target, targetOf } from '#scripts/target/target.ts';

const MakeValues = z.object({
  name: z.string().describe('What people call it'),
  touchpoint: Touchpoint.describe(
    'Whom its key is given to: web, app, call-centre …, or one that infra/config.ts adds',
  ),
  scopes: listOf(scopes).describe('What it may do').meta({ value: 'SCOPE,SCOPE' }),
  trust: Trust.optional().describe(
    'public, a key for web pages and apps, is the default of collect alone; server is a key that stays with you',
  ),
  touchpoints: commaSeparated().optional().describe('Others that it may speak for').meta({ value: 'T,T' }),
  rate: z.coerce
    .number()
    .int()
    .min(1)
    .optional()
    .describe(
      'Events a second that each function takes of it, in bursts of five seconds’ worth; a public key has 500 unless you say so',
    )
    .meta({ value: 'N' }),
  quota: z.coerce
    .number()
    .int()
    .min(1)
    .optional()
    .describe('Events a day (UTC) of all functions together; none unless you say so')
    .meta({ value: 'N' }),
  stage: stageOption,
});

const credentialId = z
  .string()
  .describe('Its id, as "npm run credentials -- list" tells it')
  .meta({ value: 'CREDENTIAL_ID' });

export const credentials: CommandGroup = {
  name: 'credentials',
  summary: 'Makes, lists, revokes and rotates the credentials of touchpoints',
  commands: [
    command({ name: 'make', summary: 'Makes a credential, and shows its key once', values: MakeValues, main: make }),
    command({
      name: 'list',
      summary: 'Lists all credentials with what they may do',
      values: z.object({ stage: stageOption }),
      main: ({ stage }) => list(stage),
    }),
    command({
      name: 'revoke',
      summary: 'Ends a credential',
      values: z.object({ credentialId, stage: stageOption }),
      positionals: ['credentialId'],
      main: (given) => revoke(given.credentialId, given.stage),
    }),
    command({
      name: 'rotate',
      summary: 'Makes a new key with the same rights; the old one goes on for a while',
      values: z.object({
        credentialId,
        overlap: z
          .string()
          .refine((text) => overlapOf(text) !== undefined, 'Expected a time such as 30m, 12h or 7d')
          .default('7d')
          .describe('How long the old key goes on: 30m, 12h, 7d')
          .meta({ value: 'TIME' }),
        stage: stageOption,
      }),
      positionals: ['credentialId'],
      main: (given) => rotate(given.credentialId, overlapOf(given.overlap) ?? 0, given.stage),
    }),
    command({
      name: 'proof-key',
      summary: 'Shows what your servers sign proofs with (docs/proof.md)',
      values: z.object({
        id: z.string().default('1').describe('Its id, where the stage names others'),
        stage: stageOption,
      }),
      positionals: ['id'],
      main: ({ id, stage }) => showProofKey(id, stage),
    }),
  ],
};

/** A list with commas between its values. */
function listOf<const Value extends string>(values: readonly [Value, ...Value[]]) {
  return commaSeparated().pipe(z.array(z.enum(values)).min(1));
}

function commaSeparated() {
  return z.string().transform((list) => list.split(',').map((value) => value.trim()));
}

const registerOf = (target: Target) =>
  dynamoCredentialRegister(new DynamoDBClient(target.client), outputOf(target, 'CredentialsTableName'));

/** Nothing arrives without a credential: who makes one also makes what seals the first refused event. */
async function registerForMore(stage: string | undefined) {
  const target = await targetOf(stage);
  await ensureSealingKey(sealingKeyPlaceOf(target));
  return registerOf(target);
}

async function make(values: z.output<typeof MakeValues>): Promise<void> {
  refuseUnknown([values.touchpoint, ...(values.touchpoints ?? [])], values.stage);
  const { key, credential } = await (await registerForMore(values.stage)).make(requestOf(values), new Date());
  console.log(`key            ${key}   (shown only now)\ncredential id  ${credential.credentialId}`);
}

/** Throws an Error for a touchpoint that the stage does not have; the local cloud runs dev. */
function refuseUnknown(named: readonly string[], stage = 'dev'): void {
  const known = [...usualTouchpoints, ...(stageConfig(stage).touchpoints ?? [])];
  const unknown = named.find((each) => !known.includes(each));
  if (unknown === undefined) return;
  throw new Error(`There is no touchpoint ${unknown}: expected one of ${known.join(', ')}.`);
}

async function list(stage: string | undefined): Promise<void> {
  console.table(
    (await registerOf(await targetOf(stage)).list()).map(
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
}

async function revoke(id: string, stage: string | undefined): Promise<void> {
  const revoked = await registerOf(await targetOf(stage)).revoke(id, new Date());
  if (revoked === undefined) throw new Error(`No credential has the id ${id}.`);
  console.log(`revoked at ${revoked.revokedAt}; functions notice within a minute`);
}

async function rotate(id: string, overlapMs: number, stage: string | undefined): Promise<void> {
  const rotated = await (await registerForMore(stage)).rotate(id, overlapMs, new Date());
  if (rotated === undefined) throw new Error(`No credential that goes on has the id ${id}.`);
  const { key, credential, oldEndsAt } = rotated;
  console.log(`key            ${key}   (shown only now)\ncredential id  ${credential.credentialId}`);
  console.log(`the old key goes on until ${oldEndsAt}`);
}

async function showProofKey(id: string, stage: string | undefined): Promise<void> {
  const target = await targetOf(stage);
  const secrets = new SecretsManagerClient(target.client);
  console.log(await readProofKey(secrets, outputOf(target, 'IdentityKeySecretArn'), id));
}

/** `30m`, `12h` or `7d` in milliseconds. */
function overlapOf(text: string): number | undefined {
  const [, number, unit = ''] = /^(\d{1,4})([mhd])$/.exec(text) ?? [];
  const unitMs = { m: 60_000, h: 3_600_000, d: 86_400_000 }[unit];
  return number === undefined || unitMs === undefined ? undefined : Number(number) * unitMs;
}

function requestOf({
  trust,
  touchpoints,
  rate,
  quota,
  stage: _,
  ...parts
}: z.output<typeof MakeValues>): CredentialRequest {
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
