import { describe, expect, test } from 'vitest';
import { readRejections } from '#handlers/collect/read-rejections/read-rejections.ts';
import type { RejectedEvents, RejectionsAsked } from '#ports/rejection-lake.ts';
import { behindApi } from '#support/behind-api.ts';
import { httpRequest, knownCaller } from '#support/builders/http-request.ts';

const now = Date.UTC(2026, 2, 10, 12);
const rejection = (rejectionId: string, at: number): RejectedEvents => ({
  ...{ rejectionId, at, touchpoint: 'web', reason: 'missing_identity', path: 'userId' },
  ...{ detail: 'Expected a userId.', type: 'track', messageId: 'm-1', events: 1 },
});

function scene(...found: readonly RejectedEvents[]) {
  const asked: RejectionsAsked[] = [];
  const rejections = async (wanted: RejectionsAsked) => {
    asked.push(wanted);
    return found.slice(0, wanted.limit);
  };
  const handle = behindApi('read-rejections', readRejections({ lake: { rejections }, now: () => now }));
  async function list(query: Record<string, string> = {}, caller = knownCaller('read')) {
    const request = httpRequest({ method: 'GET', path: '/v1/rejected-interactions', query, caller });
    const { statusCode, body } = await handle(request);
    return { status: statusCode, body: JSON.parse(body) };
  }
  return { asked, list };
}

describe('refused events', () => {
  test('of the last week are listed with reason, place and time', async () => {
    const { asked, list } = scene(rejection('r-1', now - 5000));
    const { status, body } = await list();
    const { at: _, ...said } = rejection('r-1', 0);
    expect([status, body]).toEqual([
      200,
      { rejections: [{ ...said, receivedAt: '2026-03-10T11:59:55.000Z' }], nextCursor: null },
    ]);
    expect(asked).toMatchObject([{ fromMs: Date.UTC(2026, 2, 3, 12), limit: 51 }]);
  });

  test('are of one reason, one touchpoint and fewer days when these are asked for', async () => {
    const { asked, list } = scene();
    await list({ reason: 'invalid_amount', touchpoint: 'store', days: '1' });
    expect(asked).toMatchObject([{ reason: 'invalid_amount', touchpoint: 'store', fromMs: Date.UTC(2026, 2, 9, 12) }]);
  });

  test('go on where a page ended', async () => {
    const { asked, list } = scene(rejection('r-2', now - 1), rejection('r-1', now - 2));
    const { body } = await list({ limit: '1' });
    expect(body.rejections).toMatchObject([{ rejectionId: 'r-2' }]);
    await list({ cursor: body.nextCursor });
    expect(asked[1]).toMatchObject({ before: { at: now - 1, messageId: 'r-2' } });
  });

  test.each([{ days: '0' }, { days: '91' }, { limit: '201' }, { limit: 'all' }, { cursor: 'x' }])(
    'are not listed for %j',
    async (query) => {
      const { status, body } = await scene().list(query);
      expect([status, body.error.code]).toEqual([400, 'malformed_query']);
      expect(body.error.message).toContain(Object.keys(query)[0]);
    },
  );

  test('are not shown to whom may neither read nor administer', async () => {
    const { status, body } = await scene().list({}, knownCaller('collect decide catalogue'));
    expect([status, body.error.code]).toEqual([403, 'missing_scope']);
  });
});
