import { describe, expect, test } from 'vitest';
import { recoverableEvent } from '#scripts/recover/recoverable-event.ts';

const rejection = {
  place: 0,
  rejectionId: 'r-1',
  receivedAt: '2026-03-10T12:00:00.000Z',
  touchpoint: 'store' as const,
  trust: 'server' as const,
};
const recovered = (event: unknown) => recoverableEvent(event, rejection).message;

describe('a refused event is sent again', () => {
  test('under an id of its own where it was told with others', () => {
    expect(recoverableEvent({ type: 'track' }, { ...rejection, place: 3 }).message).toMatchObject({
      messageId: 'recovered-r-1-3',
    });
  });

  test('with the time and the touchpoint of its arrival, and always the same id, where it brought none', () => {
    const made = {
      type: 'track',
      messageId: 'recovered-r-1',
      timestamp: '2026-03-10T12:00:00.000Z',
      context: { touchpoint: 'store' },
    };
    expect(recovered({ type: 'track' })).toEqual(made);
    expect(recovered({ type: 'track', messageId: ' ', timestamp: null, context: null })).toEqual(made);
  });

  test('as a public key’s word, where it was one, whatever it says of itself', () => {
    const { message } = recoverableEvent(
      { type: 'track', timestamp: '1970-01-02T00:00:00.000Z', context: { trust: 'server' } },
      { ...rejection, trust: 'public' },
    );
    expect(message).toMatchObject({ context: { trust: 'public' }, timestamp: '2026-03-08T12:00:00.000Z' });
  });

  test('with what it brought', () => {
    const event = {
      type: 'track',
      messageId: 'm-1',
      timestamp: '2026-03-09T00:00:00.000Z',
      context: { touchpoint: 'app', page: {} },
    };
    expect(recovered(event)).toEqual(event);
    expect(recovered({ ...event, messageId: 7 })).toMatchObject({ messageId: 7 });
  });

  test('with its time by the server’s clock when the sender’s was wrong', () => {
    const event = { timestamp: '2036-01-01T00:00:00.000Z', sentAt: '2036-01-01T01:00:00.000Z' };
    expect(recovered(event)).toMatchObject({ timestamp: '2026-03-10T11:00:00.000Z' });
    expect(recovered(event)).not.toHaveProperty('sentAt');
    expect(recovered({ originalTimestamp: event.timestamp, timestamp: 'x', sentAt: event.sentAt })).toMatchObject({
      originalTimestamp: '2026-03-10T11:00:00.000Z',
      timestamp: 'x',
    });
  });

  test.each([
    { timestamp: 1 },
    { timestamp: 'yesterday' },
    { timestamp: '+275760-09-13T00:00:00.000Z', sentAt: '0000-01-01' },
    { messageId: {} },
    { context: 'web' },
  ])('with its fault as it was: %j', (fault) => {
    const { sentAt: _, ...kept } = { sentAt: undefined, ...fault };
    expect(recovered(fault)).toMatchObject(kept);
  });
});
