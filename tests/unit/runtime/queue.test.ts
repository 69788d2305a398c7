import { afterEach, describe, expect, test, vi } from 'vitest';
import type { BatchWork } from '#ports/batch-work.ts';
import { PersonaContendedError } from '#runtime/errors.ts';
import { logger } from '#runtime/lambda.ts';
import { queueHandler } from '#runtime/queue.ts';
import { busMessage, receivedDetail } from '#support/builders/bus-message.ts';
import { capturedDetail } from '#support/builders/captured-disposition.ts';
import { interaction } from '#support/builders/interaction.ts';

const error = vi.spyOn(logger, 'error').mockImplementation(() => {});
afterEach(() => error.mockClear());

type Work = BatchWork<'InteractionsReceived', { readonly personaId: string }>;

/** Parts are personas, each done alone; of those named, the attempt fails. Done are told. */
function work(failing: readonly string[]): Work & { readonly done: string[] } {
  const done: string[] = [];
  return {
    done,
    types: ['InteractionsReceived'],
    undone: 'Not done',
    partsOf: ({ detail }) => detail.personas,
    async perform(parts, attempt) {
      for (const [personaId, own] of Map.groupBy(parts, (part) => part.personaId)) {
        await attempt(own, async () => {
          if (failing.includes(personaId)) throw new PersonaContendedError(`Persona ${personaId} changed`);
          done.push(personaId);
        });
      }
    },
  };
}

const carrying = (...personas: readonly string[]) =>
  busMessage(
    'InteractionsReceived',
    receivedDetail(Object.fromEntries(personas.map((id) => [id, [interaction({ messageId: id })]]))),
  );

async function deliver(of: Work, ...bodies: readonly string[]) {
  const Records = bodies.map((body, index) => ({ messageId: `m${index}`, body }));
  const { batchItemFailures } = await queueHandler(of)({ Records });
  return batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
}

describe('a batch of a queue', () => {
  test('is done whole when nothing fails, and nothing is logged', async () => {
    const all = work([]);
    expect(await deliver(all, carrying('a', 'b'), carrying('c'))).toEqual([]);
    expect([all.done, error.mock.calls]).toEqual([['a', 'b', 'c'], []]);
  });

  test('brings every message again that has a part in what failed, once, and does the rest', async () => {
    const some = work(['a', 'b']);
    expect(await deliver(some, carrying('a', 'b', 'c'), carrying('d'), carrying('b'))).toEqual(['m0', 'm2']);
    expect(some.done).toEqual(['c', 'd']);
  });

  test('logs each message that failed once, with the first error by its name', async () => {
    await deliver(work(['a', 'b']), carrying('a', 'b'), '{', carrying('b'));
    const lines = error.mock.calls.map(([what, more]) => [what, more]);
    expect(lines).toMatchObject([
      ['Not done', { messageId: 'm1', error: { name: 'UnexpectedShapeError' } }],
      ['Not done', { messageId: 'm0', error: { name: 'PersonaContendedError', message: 'Persona a changed' } }],
      ['Not done', { messageId: 'm2', error: { name: 'PersonaContendedError', message: 'Persona b changed' } }],
    ]);
    expect(lines).toHaveLength(3);
  });

  test('holds no event of another type', async () => {
    const all = work([]);
    expect(await deliver(all, busMessage('DispositionCaptured', capturedDetail()), carrying('a'))).toEqual(['m0']);
    expect(all.done).toEqual(['a']);
    expect(error.mock.calls).toMatchObject([
      ['Not done', { error: { message: 'Expected InteractionsReceived, got DispositionCaptured' } }],
    ]);
  });

  test('of which nothing can be undone alone fails whole', async () => {
    const broken: Work = { ...work([]), perform: () => Promise.reject(new Error('Outside any attempt')) };
    await expect(deliver(broken, carrying('a'))).rejects.toThrow('Outside any attempt');
  });
});
