import { expect, test } from 'vitest';
import { sealerOf } from '#adapters/sealing/sealer-of.ts';
import { openAll } from '#scripts/recover/open-all.ts';
import { openerOf } from '#scripts/recover/opener-of.ts';
import { sealingPair } from '#support/sealing-pair.ts';

const [own, lost] = [sealingPair(), sealingPair()];
const open = openerOf({ privateHalf: own.privateHalf, identitySecret: 'k'.repeat(64) });

const rejection = (rejectionId: string, sealed: string) =>
  ({ rejectionId, receivedAt: '2026-03-01T12:00:00Z', touchpoint: 'web', trust: 'public', sealed }) as const;

test('gives each event that opens, and names what was sealed for a key that is gone or is no seal at all', () => {
  const { events, unopened } = openAll(
    [
      rejection('one', sealerOf(own.publicHalf).seal('{"messageId":"a"}\n{"messageId":"b"}')),
      rejection('of-before', sealerOf(lost.publicHalf).seal('{"messageId":"c"}')),
      rejection('nonsense', 'AAAA'),
      rejection('two', sealerOf(own.publicHalf).seal('{"messageId":"d"}')),
    ],
    open,
  );
  expect(events.map(({ message }) => message)).toMatchObject([
    { messageId: 'a' },
    { messageId: 'b' },
    { messageId: 'd' },
  ]);
  expect(unopened).toEqual(['of-before', 'nonsense']);
});
