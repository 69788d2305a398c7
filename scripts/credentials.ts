import { parseArgs } from 'node:util';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { dynamoCredentialRegister } from '#adapters/dynamo-credential-register.ts';
import { scopes } from '#domain/credential/credential.ts';
import { Trust, trustOfScopes } from '#domain/credential/trust.ts';
import { touchpoints } from '#domain/interaction/touchpoint.ts';
import { runScript } from './run-script.ts';
import { outputOf, targetOf } from './target.ts';

const usage = `npm run credentials -- make --name NAME --touchpoint TOUCHPOINT --scopes SCOPE,SCOPE [--trust TRUST] [--stage STAGE]
npm run credentials -- list [--stage STAGE]
npm run credentials -- revoke CREDENTIAL_ID [--stage STAGE]

touchpoints: ${touchpoints.join(' ')}
scopes:      ${scopes.join(' ')}
trust:       public (a key for web pages and apps: the default of collect alone) or server (one that stays with you)
Without --stage it talks to the local cloud that runs in this folder.`;

const Wish = z.object({
  name: z.string().min(1),
  touchpoint: z.enum(touchpoints),
  scopes: z
    .string()
    .transform((list) => list.split(',').map((scope) => scope.trim()))
    .pipe(z.array(z.enum(scopes)).min(1)),
  trust: Trust.optional(),
});

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
    },
  });
  const [command, credentialId] = positionals;
  const register = async () => {
    const target = await targetOf(values.stage);
    return dynamoCredentialRegister(new DynamoDBClient(target.client), outputOf(target, 'CredentialsTableName'));
  };

  switch (command) {
    case 'make': {
      const wish = Wish.safeParse(values);
      if (!wish.success) return fail(`${z.prettifyError(wish.error)}\n\n${usage}`);
      const { key, credential } = await (await register()).make(withTrust(wish.data), new Date());
      console.log(`key            ${key}   (shown only now)\ncredential id  ${credential.credentialId}`);
      return 0;
    }
    case 'list':
      console.table(
        (await (await register()).list()).map(
          ({ credentialId, name, touchpoint, scopes, trust, createdAt, revokedAt }) => ({
            credentialId,
            name,
            touchpoint,
            scopes: scopes.join(' '),
            trust: trust ?? trustOfScopes(scopes),
            createdAt,
            revokedAt: revokedAt ?? '',
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
    default:
      return fail(usage);
  }
}

function withTrust({ trust, ...wish }: z.output<typeof Wish>) {
  return { ...wish, trust: trust ?? trustOfScopes(wish.scopes) };
}

function fail(text: string): number {
  console.error(text);
  return 1;
}

await runScript(async () => {
  process.exitCode = await main();
});
