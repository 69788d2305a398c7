import { execFile } from 'node:child_process';
import { afterEach, expect, test } from 'vitest';
import { type AwsAnswer, startAwsDouble } from '#support/fakes/aws-double.ts';

let stop = async () => {};
afterEach(() => stop());

const caller: AwsAnswer = {
  status: 200,
  body: '<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:iam::111122223333:user/ada</Arn><Account>111122223333</Account></GetCallerIdentityResult></GetCallerIdentityResponse>',
};
const refusal = (code: string): AwsAnswer => ({
  status: 403,
  body: `<ErrorResponse><Error><Code>${code}</Code><Message>as AWS says it</Message></Error></ErrorResponse>`,
});
const keys = { AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE', AWS_SECRET_ACCESS_KEY: 'secret', AWS_REGION: 'eu-central-1' };

/** Runs a script in an environment without anything of this machine's own that AWS's SDK would read. */
async function run(script: string, args: readonly string[], env: Record<string, string>) {
  const options = { env: { PATH: process.env.PATH, AWS_EC2_METADATA_DISABLED: 'true', HOME: '/nonexistent', ...env } };
  return new Promise<{ code: number; printed: string }>((resolve) => {
    const child = execFile(process.execPath, [`scripts/${script}/main.ts`, ...args], options, (_, stdout, stderr) =>
      resolve({ code: child.exitCode ?? -1, printed: stdout + stderr }),
    );
  });
}

async function aws(answers: Readonly<Record<string, AwsAnswer>>) {
  const double = await startAwsDouble((operation) => answers[operation] ?? refusal('AccessDenied'));
  stop = double.stop;
  return double;
}

test.each(['deploy', 'diff'])(
  '%s ends before the synth without credentials, and says where they come from',
  async (command) => {
    const { code, printed } = await run(command, [], { AWS_REGION: 'eu-central-1' });
    expect(code).toBe(1);
    expect(printed).toMatch(/^CredentialsProviderError: .+\n.*sign in \(aws sso login, aws configure\)/);
  },
);

test.each(['deploy', 'diff'])('%s ends before the synth when the session has', async (command) => {
  const { endpoint, asked } = await aws({ GetCallerIdentity: refusal('ExpiredToken') });
  const { code, printed } = await run(command, [], { ...keys, AWS_ENDPOINT_URL: endpoint });
  expect([code, printed]).toEqual([1, expect.stringContaining('ExpiredToken: as AWS says it\nThe session has ended')]);
  expect(asked).toEqual(['GetCallerIdentity']);
});

test('deploy ends before the synth where CDK is not bootstrapped, and says how to', async () => {
  const { endpoint, asked } = await aws({
    GetCallerIdentity: caller,
    GetParameter: { status: 400, body: '{"__type":"ParameterNotFound"}' },
  });
  const { code, printed } = await run('deploy', ['--stage', 'dev'], { ...keys, AWS_ENDPOINT_URL: endpoint });
  expect([code, printed]).toEqual([1, expect.stringContaining('npx cdk bootstrap aws://111122223333/eu-central-1')]);
  expect(asked).toEqual(['GetCallerIdentity', 'GetParameter']);
});

test('deploy asks nobody about a stage that there is not', async () => {
  const { endpoint, asked } = await aws({ GetCallerIdentity: caller });
  const { code, printed } = await run('deploy', ['--stage', 'production'], { ...keys, AWS_ENDPOINT_URL: endpoint });
  expect([code, printed]).toEqual([1, expect.stringMatching(/^Stage is one of dev, staging, prod.*got production\n$/)]);
  expect(asked).toEqual([]);
});

test.each([
  ['athena', ['SELECT 1']],
  ['credentials', ['list']],
  ['models', []],
  ['redrive', []],
  ['rebuild', []],
])('%s says where it looked for a stage that is not deployed', async (script, args) => {
  const { endpoint } = await aws({
    GetCallerIdentity: caller,
    DescribeStacks: {
      status: 400,
      body: '<ErrorResponse><Error><Code>ValidationError</Code><Message>Stack with id Lemniscate-dev-Data does not exist</Message></Error></ErrorResponse>',
    },
  });
  const { code, printed } = await run(script, ['--stage', 'dev', ...args], { ...keys, AWS_ENDPOINT_URL: endpoint });
  expect(code).toBe(1);
  expect(printed).toMatch(
    /^There is no Lemniscate-dev-Data and no Lemniscate-dev-Loop and no Lemniscate-dev-Campaigns and no Lemniscate-dev-Api in account 111122223333, eu-central-1/,
  );
});
