import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readInteraction } from '#contracts/wire/read-interaction.ts';
import { readSegmentRequest } from '#contracts/wire/segment-request.ts';
import { commerceOf } from '#domain/interaction/commerce.ts';
import { arrival } from '#support/builders/arrival.ts';

/** Everything that names something in an event whose every id is the JSON given, in a batch or by itself. */
function namesOf(id: string, isBatch: boolean): string[] {
  const event = `{"type":"track","event":"Order Completed","userId":${id},"anonymousId":${id},"messageId":${id},
    "properties":{"order_id":${id},"revenue":1,"products":[{"product_id":${id},"category":${id}}]},
    "context":{"device":{"id":${id}},"externalIds":[{"type":"loyalty_id","id":${id}}],"traits":{"plan":${id}}}}`;
  const request = readSegmentRequest(isBatch ? `{"batch":[${event}]}` : event, isBatch ? 'batch' : 'track');
  const read = readInteraction(request.kind === 'request' ? request.events[0] : undefined, arrival());
  if (read.kind !== 'accepted') throw new Error(read.fault.detail);
  const { interaction, identifiers } = read;
  const { purchase, products } = commerceOf(interaction);
  const { userId, anonymousId, messageId, traits } = interaction;
  const named = [userId, anonymousId, messageId, traits.plan, purchase?.orderId];
  const listed = [products[0]?.productId, products[0]?.category, ...identifiers.map(({ value }) => value)];
  return [...named, ...listed].map(String);
}

test('ids that are whole numbers of any size keep their digits wherever they stand', () => {
  const digits = fc.oneof(
    fc.bigInt({ min: 10n ** 9n, max: 10n ** 60n }),
    fc.bigInt({ min: 2n ** 53n - 3n, max: 2n ** 53n + 3n }),
    fc.constantFrom(157963456375966712n, 157963456375966713n, 10n ** 21n),
  );
  fc.assert(
    fc.property(digits, fc.boolean(), (id, isBatch) => {
      expect(namesOf(String(id), isBatch)).toEqual(Array(11).fill(String(id)));
      expect(namesOf(`"${id}"`, isBatch)).toEqual(namesOf(String(id), isBatch));
    }),
    { numRuns: 500 },
  );
});

test.each(['1.5', '0.1234567890123456789', '1e-7'])('a user id of %s is refused', (id) => {
  const request = readSegmentRequest(`{"event":"x","userId":${id}}`, 'track');
  const read = readInteraction(request.kind === 'request' ? request.events[0] : undefined, arrival());
  expect(read).toMatchObject({ kind: 'rejected', fault: { reason: 'invalid_field', path: 'userId' } });
});
