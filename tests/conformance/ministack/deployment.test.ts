import './loopback-names.ts';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudFormationClient, CreateStackCommand, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { outputOf, type Target } from '#scripts/target/target.ts';
import { busMessage, receivedDetail } from '#support/builders/bus-message.ts';
import { bridgeDeliveries } from './bridge-deliveries.ts';
import { deployedStacks } from './deployed-stacks.ts';
import { runCdk, runCommand } from './run-command.ts';
import { stageApi } from './stage-api.ts';
import { findMiniStack, type MiniStack, startMiniStack } from './start-ministack.ts';

/**
 * The stage dev on a cloud that is not ours, as a team deploys and uses it: MiniStack (https://ministack.org, MIT). Where MiniStack
 * falls short, and not AWS, this says so: its EventBridge has no Firehose targets (bridge-deliveries.ts), its Athena no views, so
 * that tables are asked here and `npm run rebuild` is not run.
 */
const program = findMiniStack();
const title = `stage dev on MiniStack${program === undefined ? ' (not deployed: neither MINISTACK nor the path has the program)' : ''}`;

vi.setConfig({ testTimeout: 300_000, hookTimeout: 1_200_000 });

const place = 'account 000000000000, us-east-1';
const stage = ['--stage', 'dev'];
const day = new Date().toISOString().slice(0, 10);

describe.skipIf(program === undefined)(title, () => {
  let folder = '';
  let ministack: MiniStack;
  let target: Target;
  let webKey = '';
  let serverKey = '';
  let api: ReturnType<typeof stageApi>;
  let deliver: () => Promise<number>;

  const command = async (name: string, ...args: string[]) =>
    runCommand(name, args, {
      ...ministack.environment,
      LEMNISCATE_KEY: serverKey,
      LEMNISCATE_PASSPHRASE: 'correct horse battery staple',
    });
  const succeeds = async (name: string, ...args: string[]) => {
    const { code, printed } = await command(name, ...args);
    expect([code, printed]).toEqual([0, printed]);
    return printed;
  };

  beforeAll(async () => {
    if (program === undefined) return;
    folder = mkdtempSync(join(tmpdir(), 'lemniscate-deployment-'));
    ministack = await startMiniStack(program);
    const early = await command('deploy', ...stage);
    expect([early.code, early.printed]).toEqual([
      1,
      expect.stringContaining(
        `bootstrap stack is not in ${place}: run "npx cdk bootstrap aws://000000000000/us-east-1"`,
      ),
    ]);
    const bootstrapped = await runCdk(['bootstrap', 'aws://000000000000/us-east-1'], ministack.environment);
    expect([bootstrapped.code, bootstrapped.printed]).toEqual([0, expect.stringContaining('bootstrapped.')]);

    const startedAt = performance.now();
    const deployed = await command('deploy', ...stage, '--require-approval', 'never');
    expect([deployed.code, deployed.printed]).toEqual([
      0,
      expect.stringContaining(`Stage dev in ${place}, as arn:aws:`),
    ]);
    expect(deployed.printed).toContain('Sealing key made');
    console.info(`deployed in ${((performance.now() - startedAt) / 1000).toFixed(0)} s`);

    const outputs = (await deployedStacks(ministack.client)).map((each) => each.outputs);
    target = { client: ministack.client, outputs: Object.assign({}, ...outputs) };
    deliver = await bridgeDeliveries(target);
    const keyOf = (printed: string) => /^key +(\S+)/m.exec(printed)?.[1] ?? '';
    const web = ['--name', 'shop', '--touchpoint', 'web', '--scopes', 'collect'];
    const desk = ['--name', 'desk', '--touchpoint', 'call-centre', '--scopes', 'collect,decide,read,catalogue,admin'];
    webKey = keyOf(await succeeds('credentials', 'make', ...web, ...stage));
    serverKey = keyOf(await succeeds('credentials', 'make', ...desk, '--trust', 'server', ...stage));
    api = stageApi(outputOf(target, 'ApiUrl'), serverKey);
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    await ministack?.stop();
  });

  test('makes every stack whole', async () => {
    const stacks = await deployedStacks(ministack.client);
    console.info(`resources: ${stacks.map(({ name, resources }) => `${name} ${resources}`).join(', ')}`);
    expect(stacks.map(({ name, status }) => `${name} ${status}`)).toEqual(
      ['Access', 'Api', 'Data', 'Loop', 'Observability'].map((part) => `Lemniscate-dev-${part} CREATE_COMPLETE`),
    );
    expect(Math.min(...stacks.map(({ resources }) => resources))).toBeGreaterThan(0);
  });

  test('has nothing left to change', async () => {
    expect(await succeeds('diff', ...stage)).toMatch(/Number of stacks with differences: 0/);
  });

  test('is looked for where the shell leads, and not found in another region', async () => {
    const elsewhere = { ...ministack.environment, AWS_REGION: 'eu-west-1' };
    const { code, printed } = await runCommand('credentials', ['list', ...stage], elsewhere);
    expect([code, printed]).toEqual([
      1,
      expect.stringMatching(/^There is no Lemniscate-dev-Data .* 000000000000, eu-west-1:/),
    ]);
  });

  test('lists the credentials that were made, with their trust', async () => {
    const printed = await succeeds('credentials', 'list', ...stage);
    expect(printed).toMatch(/shop.*public/);
    expect(printed).toMatch(/desk.*server/);
  });

  test('takes the catalogue, and gives it back as it was', async () => {
    expect(await succeeds('catalogue', 'push', 'examples/catalogue', ...stage)).toMatch(/\d+ changes made/);
    const pulled = join(folder, 'catalogue');
    await succeeds('catalogue', 'pull', pulled, ...stage);
    expect(existsSync(join(pulled, 'offers', 'tv-sport.yaml'))).toBe(true);
    expect(await succeeds('catalogue', 'push', pulled, ...stage)).toMatch(/^0 to create, 0 to change, 0 to delete/);
  });

  test('turns an event into a decision, its disposition into an example, and all of them into rows', async () => {
    const visits = customers.flatMap((userId) => [1, 2, 3].map((visit) => visitOf(userId, visit)));
    expect(await api.call('POST', '/v1/batch', { json: { batch: visits } })).toMatchObject({
      status: 200,
      body: { accepted: visits.length, rejected: 0 },
    });
    for (const userId of customers) {
      await vi.waitFor(async () => expect(await api.interactionsOf(userId)).toBe(3), {
        timeout: 60_000,
        interval: 500,
      });
    }

    const { userId, decisionId, treatmentId } = await api.shownTo(customers);
    const before = await api.propensityOf(userId, treatmentId);
    for (const disposition of ['presented', 'clicked']) {
      const json = { decisionId, treatmentId, disposition };
      expect(await api.call('POST', '/v1/dispositions', { json })).toMatchObject({
        status: 200,
        body: { results: [{ status: 'captured' }] },
      });
    }
    await vi.waitFor(async () => expect(await api.propensityOf(userId, treatmentId)).toBeGreaterThan(before), {
      timeout: 120_000,
      interval: 1000,
    });
    expect(await succeeds('models', ...stage)).toMatch(/^model +responses/m);
    await vi.waitFor(
      async () => {
        await deliver();
        expect(await rows("SELECT count(DISTINCT message_id) AS n FROM interactions WHERE type = 'page'")).toEqual([
          String(visits.length),
        ]);
        expect(await rows(`SELECT decision_id FROM decisions WHERE decision_id = '${decisionId}'`)).toEqual([
          decisionId,
        ]);
        expect(await rows(`SELECT disposition FROM dispositions WHERE decision_id = '${decisionId}'`)).toContain(
          'clicked',
        );
      },
      { timeout: 180_000, interval: 3000 },
    );
  });

  test('answers of a customer what touchpoints ask: timeline, identities, consents', async () => {
    const asked = (path: string) => api.call('GET', `/v1/customers/user_id:ada${path}`);
    expect(await asked('/timeline?limit=2')).toMatchObject({ status: 200, body: { interactions: [{}, {}] } });
    expect(await asked('/identities')).toMatchObject({ status: 200 });
    const refused = { json: { marketing: false } };
    expect((await api.call('PUT', '/v1/customers/user_id:ada/consents', refused)).status).toBeLessThan(300);
    const refuses = {
      status: 200,
      body: { consents: [expect.objectContaining({ purpose: 'marketing', granted: false })] },
    };
    await vi.waitFor(async () => expect(await asked('')).toMatchObject(refuses), { timeout: 60_000, interval: 500 });
  });

  test('keeps a refused event for the day on which it is valid, and nothing of a caller without a key', async () => {
    const json = { batch: [{ type: 'track', userId: 'ada', messageId: 'without-event' }] };
    expect((await api.call('POST', '/v1/batch', { key: null, json })).status).toBe(401);
    expect(await api.call('POST', '/v1/batch', { json })).toMatchObject({ body: { rejected: 1 } });
    await vi.waitFor(
      async () => {
        await deliver();
        const found = await succeeds('recover', '--from', day, '--to', day, '--dry-run', ...stage);
        expect(found).toMatch(/^1 refused events found, 0 are valid now/m);
      },
      { timeout: 120_000, interval: 3000 },
    );
  });

  test('sends dead letters again', async () => {
    const letter = busMessage('InteractionsReceived', receivedDetail({}));
    await new SQSClient(target.client).send(
      new SendMessageCommand({
        QueueUrl: outputOf(target, 'ProfileDeadLettersUrl'),
        MessageBody: letter,
      }),
    );
    expect(await succeeds('redrive', ...stage)).toMatch(/^ProfileDeadLettersUrl: 1 sent, empty/m);
    expect(await succeeds('redrive', ...stage)).toMatch(/^ProfileDeadLettersUrl: 0 sent, empty/m);
  });

  test('keeps its identity key in a backup', async () => {
    const file = join(folder, 'identity-key.json');
    await succeeds('identity-key', 'backup', file, ...stage);
    expect(await succeeds('identity-key', 'check', file, ...stage)).toContain('opens and holds this stage’s key');
    expect(await succeeds('identity-key', 'restore', file, ...stage)).toContain('has this key already');
  });

  test('makes the role of the pipeline from its template', async () => {
    const client = new CloudFormationClient(ministack.client);
    const StackName = 'lemniscate-pipeline-dev';
    const parameters = {
      Repository: 'acme/lemniscate',
      // Given, for MiniStack's CloudFormation makes no provider.
      Provider: 'arn:aws:iam::000000000000:oidc-provider/token.actions.githubusercontent.com',
    };
    await client.send(
      new CreateStackCommand({
        StackName,
        TemplateBody: readFileSync('examples/pipeline/deploy-role.yaml', 'utf8'),
        Capabilities: ['CAPABILITY_IAM'],
        Parameters: Object.entries(parameters).map(([ParameterKey, ParameterValue]) => ({
          ParameterKey,
          ParameterValue,
        })),
      }),
    );
    await vi.waitFor(async () => {
      const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName }));
      expect(Stacks[0]?.StackStatus).toBe('CREATE_COMPLETE');
      expect(Stacks[0]?.Outputs?.[0]?.OutputValue).toMatch(/^arn:aws:iam::000000000000:role\//);
    }, 30_000);
  });

  test('serves the browser its settings, and no customer to a web key', async () => {
    expect((await api.call('GET', `/v1/projects/${webKey}/settings`, { key: null })).status).toBe(200);
    expect((await api.call('GET', '/v1/customers/user_id:ada', { key: webKey })).status).toBe(403);
  });

  /** The first column of what `npm run athena` prints between its rule and its last line. */
  async function rows(sql: string): Promise<string[]> {
    const [, , ...lines] = (await succeeds('athena', ...stage, sql)).trimEnd().split('\n');
    return lines.slice(0, -2).map((line) => line.trim());
  }
});

const customers = ['ada', 'bob', 'cyd', 'dan', 'eve', 'fay'];

/** Three of them, and the sport channels are applicable. */
const visitOf = (userId: string, visit: number) => ({
  type: 'page',
  userId,
  messageId: `${userId}-${visit}`,
  name: 'Home',
  context: { consent: { categoryPreferences: { marketing: true } } },
});
