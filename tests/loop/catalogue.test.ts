import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readItemFiles } from '#scripts/catalogue/item-files.ts';
import { textOfItem } from '#scripts/catalogue/item-text.ts';
import { planPull, writeFiles } from '#scripts/catalogue/pull.ts';
import { carryOut, planPush } from '#scripts/catalogue/push.ts';
import { type RemoteCatalogue, remoteCatalogue } from '#scripts/catalogue/remote-catalogue.ts';
import { budget, offer, offerGroup, placement, segment } from '#support/builders/catalogue-items.ts';
import { startTestCloud, type TestCloud } from '#support/cloud.ts';

const example = 'examples/catalogue';
let cloud: TestCloud;
let remote: RemoteCatalogue;
let folder: string;
beforeAll(async () => {
  cloud = await startTestCloud('--now', '2026-03-01T12:00:00Z');
  remote = remoteCatalogue({ url: cloud.info.url, key: cloud.info.adminKey });
  folder = mkdtempSync(join(tmpdir(), 'catalogue-'));
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await cloud.stop();
});

const call = (method: string, path: string, json?: unknown, headers: Record<string, string> = {}) =>
  cloud.call(method, path, { key: cloud.info.adminKey, headers, ...(json === undefined ? {} : { json }) });
const create = { 'if-none-match': '*' };

/** Every file of a directory with its bytes. */
function bytesIn(directory: string) {
  const files = readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    files
      .map(({ parentPath, name }) => join(parentPath, name))
      .sort()
      .map((file) => [file.slice(directory.length + 1), readFileSync(file, 'utf8')]),
  );
}

async function push(directory: string) {
  const { items, faults } = readItemFiles(directory);
  expect(faults).toEqual([]);
  const { steps, unchanged } = await planPush(items, remote);
  await carryOut(steps, remote);
  return { steps: steps.map(({ effect, kind, id }) => `${effect} ${kind}/${id}`), unchanged };
}

async function pull(name: string) {
  const directory = join(folder, name);
  const { steps } = await planPull(directory, remote);
  writeFiles(directory, steps);
  return directory;
}

describe('an item through the API', () => {
  test('is created, read, changed with its ETag, and deleted', async () => {
    const path = '/v1/segments/vip';
    const item = segment({ segmentId: 'vip' });
    const created = await call('PUT', path, item, create);
    expect([created.status, created.body]).toEqual([201, item]);
    const etag = created.headers.get('etag') ?? '';
    expect(etag).toMatch(/^"\d+"$/);

    const read = await call('GET', path);
    expect([read.status, read.headers.get('etag'), read.body]).toEqual([200, etag, item]);
    expect((await call('GET', path, undefined, { 'if-none-match': etag })).status).toBe(304);

    const changed = await call('PUT', path, { ...item, name: 'Very important' }, { 'if-match': etag });
    expect([changed.status, changed.headers.get('etag') === etag]).toEqual([200, false]);
    expect((await call('PUT', path, { ...item, name: 'Late' }, { 'if-match': etag })).status).toBe(412);
    expect((await call('PUT', path, { ...item, name: 'Careless' })).status).toBe(428);
    expect((await call('GET', `${path}?history=true`)).body).toMatchObject({
      versions: [{ deleted: false }, { deleted: false, updatedAt: expect.stringMatching(/^2026-03-01T12:0/) }],
    });
    expect((await call('GET', `${path}?version=${etag.slice(1, -1)}`)).body).toEqual(item);

    const deleted = await call('DELETE', path, undefined, { 'if-match': changed.headers.get('etag') ?? '' });
    expect([deleted.status, (await call('GET', path)).status]).toEqual([204, 404]);
  });

  test.each(['/v1/placements/shop/window', '/v1/placements/shop%2Fdoor'])(
    'is found by an id with a slash: %s',
    async (path) => {
      const placementId = decodeURIComponent(path).replace('/v1/placements/', '');
      const item = placement({ placementId });
      expect((await call('PUT', path, item, create)).status).toBe(201);
      expect((await call('GET', path)).body).toEqual(item);
      expect((await call('DELETE', path, undefined, { 'if-match': '*' })).status).toBe(204);
    },
  );

  test('that names one that is not there is refused, and one that is named can’t go', async () => {
    const path = '/v1/offers/tv';
    expect(await call('PUT', path, offer(), create)).toMatchObject({
      status: 400,
      body: { error: { code: 'invalid_item', faults: [{ path: 'group' }] } },
    });
    await call('PUT', '/v1/offer-groups/cross-sell', offerGroup(), create);
    expect((await call('PUT', path, offer(), create)).status).toBe(201);
    expect(await call('DELETE', '/v1/offer-groups/cross-sell', undefined, { 'if-match': '*' })).toMatchObject({
      status: 409,
      body: { error: { references: [{ kind: 'offers', id: 'tv', path: 'group' }] } },
    });
  });

  test('is only tried by a dry run', async () => {
    const faulty = await call(
      'PUT',
      '/v1/segments/dry?validate=true',
      segment({ segmentId: 'dry', rule: 'profile.x' }),
    );
    expect(faulty).toMatchObject({
      status: 200,
      body: { valid: false, faults: [{ path: 'rule', line: 1, column: 9 }] },
    });
    const fine = await call('PUT', '/v1/segments/dry?validate=true', segment({ segmentId: 'dry' }));
    expect(fine).toMatchObject({ status: 200, body: { valid: true, effect: 'created' } });
    expect((await call('GET', '/v1/segments/dry')).status).toBe(404);
  });

  test('is not written by a touchpoint that may only collect', async () => {
    expect((await cloud.call('PUT', '/v1/segments/x', { json: segment(), headers: create })).status).toBe(403);
  });

  test.each([2, 8])(
    'that %i change at once from one ETag is changed by one, and the others learn so',
    async (count) => {
      const path = `/v1/budgets/race-${count}`;
      const item = budget({ budgetId: `race-${count}` });
      const etag = (await call('PUT', path, item, create)).headers.get('etag') ?? '';
      const answers = await Promise.all(
        Array.from({ length: count }, (_, index) => call('PUT', path, { ...item, limit: index }, { 'if-match': etag })),
      );
      const winners = answers.filter(({ status }) => status === 200);
      expect([winners.length, answers.filter(({ status }) => status === 412).length]).toEqual([1, count - 1]);
      expect((await call('GET', path)).body).toEqual(winners[0]?.body);
      await call('DELETE', path, undefined, { 'if-match': '*' });
    },
  );

  test('races with changes of other items and is saved with them', async () => {
    const answers = await Promise.all(
      Array.from({ length: 6 }, (_, index) =>
        call('PUT', `/v1/budgets/beside-${index}`, budget({ budgetId: `beside-${index}` }), create),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(6).fill(201));
    expect(new Set(answers.map(({ headers }) => headers.get('etag'))).size).toBe(6);
  });
});

describe('a directory', () => {
  test('pushed twice is all changes, with what it does not hold deleted, and then none', async () => {
    const first = await push(example);
    expect([first.steps.filter((step) => step.startsWith('create')).length, first.unchanged]).toEqual([40, 0]);
    expect(first.steps.filter((step) => step.startsWith('delete'))).toContain('delete offers/tv');
    expect(await push(example)).toEqual({ steps: [], unchanged: 40 });
  });

  test('pulled, pushed and pulled again has the same bytes', async () => {
    const pulled = await pull('one');
    expect(Object.keys(bytesIn(pulled))).toEqual(Object.keys(bytesIn(example)));
    expect(await push(pulled)).toEqual({ steps: [], unchanged: 40 });
    expect(bytesIn(await pull('two'))).toEqual(bytesIn(pulled));
  });

  test('that is pulled into keeps files that mean the same, with their comments', async () => {
    const directory = join(folder, 'kept');
    cpSync(example, directory, { recursive: true });
    await pull('kept');
    expect(bytesIn(directory)).toEqual(bytesIn(example));
  });

  test('whose edits need each other is pushed in an order that works', async () => {
    const directory = join(folder, 'edited');
    cpSync(example, directory, { recursive: true });
    const write = (file: string, item: Record<string, unknown>) =>
      writeFileSync(join(directory, file), textOfItem(item));
    write('segments/a-first.yaml', segment({ segmentId: 'a-first', rule: 'in_segment("z-last")' }));
    write('segments/z-last.yaml', segment({ segmentId: 'z-last' }));
    rmSync(join(directory, 'offer-groups/serve.yaml'));
    const apology = readFileSync(join(directory, 'offers/fault-apology.yaml'), 'utf8');
    writeFileSync(join(directory, 'offers/fault-apology.yaml'), apology.replace('group: serve', 'group: keep'));
    expect((await push(directory)).steps).toEqual([
      'create segments/a-first',
      'create segments/z-last',
      'change offers/fault-apology',
      'delete offer-groups/serve',
    ]);
    expect(await push(directory)).toMatchObject({ steps: [] });
  });

  test('whose plan is older than another change of the item is refused and changes nothing', async () => {
    const { items } = readItemFiles(example);
    const { steps } = await planPush(items, remote);
    const target = steps.find(({ effect }) => effect === 'change');
    if (target === undefined) throw new Error('Nothing to change');
    const current = (await call('GET', `/v1/${target.kind}/${target.id}`)).body as object;
    await call('PUT', `/v1/${target.kind}/${target.id}`, { ...current, name: 'Faster' }, { 'if-match': '*' });
    await expect(carryOut([target], remote)).rejects.toThrow(`${target.kind}/${target.id}: `);
    expect((await call('GET', `/v1/${target.kind}/${target.id}`)).body).toMatchObject({ name: 'Faster' });
  });
});

describe('npm run catalogue', () => {
  const run = async (...args: string[]) => {
    const file = join(folder, 'cloud.json');
    writeFileSync(file, JSON.stringify(cloud.info));
    const child = spawn(process.execPath, ['scripts/catalogue/main.ts', ...args], {
      env: { ...process.env, LEMNISCATE_CLOUD_FILE: file },
    });
    let [out, err] = ['', ''];
    child.stdout.on('data', (chunk) => {
      out += chunk;
    });
    child.stderr.on('data', (chunk) => {
      err += chunk;
    });
    const [code] = await once(child, 'close');
    return { code, out, err };
  };

  test('shows a plan, carries it out, and a dry run only shows it', async () => {
    await push(example);
    const directory = join(folder, 'cli');
    cpSync(example, directory, { recursive: true });
    rmSync(join(directory, 'kpis/value.yaml'));
    writeFileSync(join(directory, 'segments/new.yaml'), textOfItem(segment({ segmentId: 'new' })));
    const plan = '+ create segments/new\n- delete kpis/value\n1 to create, 0 to change, 1 to delete, 39 unchanged.\n';
    expect(await run('push', directory, '--dry-run')).toEqual({
      code: 0,
      out: `${plan}A dry run: nothing was changed.\n`,
      err: '',
    });
    // Nobody sits at this terminal.
    const refused = await run('push', directory);
    expect([refused.code, refused.out]).toEqual([1, plan]);
    expect(refused.err).toMatch(/^This would delete one item, .*say --yes .*Nothing was changed\.\n$/);
    expect(await run('push', directory, '--yes')).toMatchObject({
      code: 0,
      out: `${plan}2 changes made; functions notice within half a minute.\n`,
    });
    expect((await run('pull', directory)).out).toBe('0 to create, 0 to change, 0 to delete, 40 unchanged.\n');
  });

  test('shows field by field what changes, and who is draft', async () => {
    await push(example);
    const directory = join(folder, 'changed');
    cpSync(example, directory, { recursive: true });
    const file = join(directory, 'offers/tv-sport.yaml');
    const draft = readFileSync(file, 'utf8').replace('state: live', 'state: draft');
    writeFileSync(file, draft);
    expect((await run('push', directory, '--dry-run')).out).toBe(
      [
        '~ change offers/tv-sport',
        '    state: "live" → "draft"',
        '0 to create, 1 to change, 0 to delete, 39 unchanged.',
        'Offered to nobody, for their state is draft: offers/tv-sport.',
        'A dry run: nothing was changed.\n',
      ].join('\n'),
    );
  });

  test('stops at faults before it changes anything', async () => {
    const directory = join(folder, 'faulty');
    cpSync(example, directory, { recursive: true });
    writeFileSync(join(directory, 'segments/loyal.yaml'), 'name: Loyal\nrule: profile.ordrs > 1\n');
    const { code, out, err } = await run('push', directory);
    expect([code, out]).toEqual([1, '']);
    expect(err).toMatch(/segments\/loyal\.yaml:2:15: rule: ordrs is not known here/);
    expect(err).toMatch(/\n1 fault; nothing was changed\.\n$/);
  });

  test.each([[], ['push'], ['put', 'x'], ['push', 'no-such-directory']])(
    'with %j says how it is used',
    async (...args) => {
      expect((await run(...args)).code).toBe(1);
    },
  );
});
