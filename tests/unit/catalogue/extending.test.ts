import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, test, vi } from 'vitest';
import { type MemoryCatalogue, memoryCatalogue } from '#adapters/in-memory/memory-catalogue.ts';
import { readCatalogue } from '#domain/catalogue/catalogue.ts';
import { itemKinds } from '#domain/catalogue/item-kinds.ts';
import type { KindDefinitions } from '#domain/catalogue/kind-definitions.ts';
import { namesInUse } from '#domain/catalogue/names-in-use.ts';
import { StoredItem } from '#domain/catalogue/stored-catalogue.ts';
import { describeApi } from '#handlers/api/describe-api/describe-api.ts';
import { readCatalogue as answerCatalogue } from '#handlers/catalogue/read-catalogue/read-catalogue.ts';
import { writeCatalogue } from '#handlers/catalogue/write-catalogue/write-catalogue.ts';
import { readItemFiles } from '#scripts/catalogue/item-files.ts';
import { behindApi } from '#support/behind-api.ts';
import { offer, smallCatalogue } from '#support/builders/catalogue-items.ts';
import { httpRequest, type RequestParts } from '#support/builders/http-request.ts';
import { Voucher } from '#support/worked-examples/voucher.ts';
import { voucherKind } from '#support/worked-examples/voucher-kind.ts';

/** A copy of the list with the guide's line in it. Nothing else is replaced: what works with the copy works by the list alone. */
vi.mock('#domain/catalogue/item-kinds.ts', async (original) => {
  const list = await original<typeof import('#domain/catalogue/item-kinds.ts')>();
  const { voucherKind: vouchers } = await import('#support/worked-examples/voucher-kind.ts');
  return { itemKinds: { ...list.itemKinds, vouchers }, itemKindNames: [...list.itemKindNames, vouchers.kind] };
});

const voucher = (over: object = {}) => ({
  voucherId: 'spring',
  name: 'Spring',
  offerId: 'tv',
  amountMinor: 500,
  currency: 'EUR',
  valid: 'profile.traits.student == true',
  ...over,
});

let store: MemoryCatalogue;
beforeEach(() => {
  store = memoryCatalogue(smallCatalogue());
});

async function ask(method: string, path: string, parts: RequestParts = {}) {
  const [, , , id] = path.split('/');
  const request = httpRequest({ method, path, ...(id === undefined ? {} : { pathParameters: { id } }), ...parts });
  const handle =
    method === 'GET'
      ? behindApi('read-catalogue', answerCatalogue({ store }))
      : behindApi('write-catalogue', writeCatalogue({ store, now: () => 0, pause: async () => {} }));
  const { statusCode, body } = await handle(request);
  return { status: statusCode, body: body === '' ? undefined : JSON.parse(body) };
}

const save = (item: object) => ask('PUT', '/v1/vouchers/spring', { body: item, headers: { 'if-none-match': '*' } });
const remove = (path: string) => ask('DELETE', path, { headers: { 'if-match': '*' } });

/** What a dry run says is wrong. */
async function faults(path: string, item: object) {
  const { body } = await ask('PUT', path, { body: item, query: { validate: 'true' } });
  return body.faults;
}

test('a voucher is saved and read, alone and among all', async () => {
  expect((await save(voucher())).status).toBe(201);
  expect(await ask('GET', '/v1/vouchers/spring')).toEqual({ status: 200, body: voucher() });
  expect((await ask('GET', '/v1/vouchers')).body.items).toMatchObject([{ id: 'spring', item: voucher() }]);
  expect(StoredItem.safeParse({ ...store.changes.at(-1), version: 1 })).toMatchObject({ success: true });
});

test('a catalogue has vouchers by id, with their defaults, and keeps the names that their rules ask for', async () => {
  await save(voucher());
  const catalogue = readCatalogue((await store.load()).items);
  expect(Reflect.get(catalogue, 'vouchers')).toEqual(new Map([['spring', Voucher.parse(voucher())]]));
  expect(namesInUse(catalogue)('traits', 'student')).toBe(true);
});

test('a voucher’s shape, rule and offer are checked at their places', async () => {
  expect(await faults('/v1/vouchers/spring', voucher({ colour: 'red', amountMinor: 0 }))).toMatchObject([
    { path: 'amountMinor' },
    { path: 'colour', message: 'There is no such field' },
  ]);
  expect(await faults('/v1/vouchers/spring', voucher({ valid: 'profile.ordrs > 1', offerId: 'none' }))).toMatchObject([
    { path: 'valid', line: 1, column: 9 },
    { path: 'offerId', message: 'There is no offer "none"' },
  ]);
});

test('a voucher and its offer must agree, whichever is saved', async () => {
  expect(await faults('/v1/vouchers/spring', voucher({ currency: 'USD' }))).toEqual([
    { path: 'currency', message: 'The voucher "spring" is in USD, the offer "tv" in EUR' },
  ]);
  await save(voucher());
  expect(await faults('/v1/offers/tv', offer({ value: { amountMinor: 1, currency: 'USD' } }))).toEqual([
    { path: 'value.currency', message: 'The voucher "spring" is in EUR, the offer "tv" in USD' },
  ]);
});

test('an offer stays as long as a voucher names it', async () => {
  await remove('/v1/treatments/tv-hero');
  await save(voucher());
  expect(await remove('/v1/offers/tv')).toMatchObject({
    status: 409,
    body: { error: { references: [{ kind: 'vouchers', id: 'spring', path: 'offerId' }] } },
  });
  await remove('/v1/vouchers/spring');
  expect((await remove('/v1/offers/tv')).status).toBe(204);
});

test('the document describes vouchers', async () => {
  const { paths, components } = JSON.parse(
    (await describeApi()(httpRequest({ method: 'GET', path: '/v1/openapi.json' }))).body,
  );
  expect(paths['/v1/vouchers/{id}'].put.summary).toBe('Creates or replaces one voucher');
  expect(components.schemas.Voucher.properties.amountMinor.description).toBe('What it takes off, in minor units');
});

test('a directory may hold vouchers', () => {
  const directory = mkdtempSync(join(tmpdir(), 'vouchers-'));
  cpSync('examples/catalogue', directory, { recursive: true });
  mkdirSync(join(directory, 'vouchers'));
  const write = (offerId: string) =>
    writeFileSync(join(directory, 'vouchers/spring.yaml'), JSON.stringify(voucher({ offerId })));
  write('none');
  expect(readItemFiles(directory).faults).toMatchObject([{ message: 'offerId: There is no offer "none"' }]);
  write('tv-sport');
  expect(readItemFiles(directory).items).toContainEqual({
    kind: 'vouchers',
    id: 'spring',
    item: voucher({ offerId: 'tv-sport' }),
  });
  rmSync(directory, { recursive: true });
});

test('the compiler takes vouchers into the list, and no kind that names one which is not there', () => {
  const listed = { ...itemKinds, vouchers: voucherKind };
  const definitions: KindDefinitions<typeof listed> = listed;
  const alone = { vouchers: voucherKind };
  // @ts-expect-error: there are no offers in this list.
  const broken: KindDefinitions<typeof alone> = alone;
  const misnamed = { ...itemKinds, coupons: voucherKind };
  // @ts-expect-error: the list says coupons, the definition vouchers.
  const wrong: KindDefinitions<typeof misnamed> = misnamed;
  expect([definitions.vouchers, broken.vouchers, wrong.coupons]).toEqual([voucherKind, voucherKind, voucherKind]);
});
