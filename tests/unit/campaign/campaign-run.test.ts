import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { emptyLedger, withContacts } from '#domain/contact-policy/contact-ledger.ts';
import { saved } from '#support/builders/catalogue-items.ts';
import { contact } from '#support/builders/contact.ts';
import { offersNamed } from '#support/builders/decision.ts';
import { campaignWorld, people } from '#support/campaign-world.ts';

const catalogue = offersNamed(['tv', 'fibre']);
const oneAWeek = saved('contact-policies', { caps: [{ per: 'total', most: 1, windowDays: 7 }] });

describe('a run', () => {
  test('writes down what becomes of everybody in its audience, and its accounts add up', async () => {
    const world = campaignWorld(catalogue);
    const runId = await world.start({ holdoutShare: 0.2, capacity: [{ channel: 'web', most: 120 }] });
    await world.choose(runId, [...people(250), ...people(250)]);
    await world.contact(runId);
    await world.release(runId);
    await world.summarise(runId);
    const { accounts } = (await world.deps.runs.find(runId)) ?? {};
    expect(accounts).toMatchObject({ audience: 250, pending: 120, contacted: 0, failed: 0, expired: 0 });
    const { heldOut = 0, excluded = 0, excludedBy } = accounts ?? {};
    expect(heldOut).toBeGreaterThan(25);
    expect([heldOut + excluded, excludedBy]).toEqual([130, { not_allocated: excluded }]);
  });

  test('of a dry run tells the same, and reserves, records and counts nothing', async () => {
    const world = campaignWorld(catalogue);
    const over = { holdoutShare: 0.2, capacity: [{ channel: 'web', most: 60 }] };
    const dry = await world.start(over, { dryRun: true });
    await world.choose(dry, people(150));
    await world.summarise(dry);
    expect([world.decisions.made.size, world.decisions.ledgers.size, world.deps.contacts.contacts.size]).toEqual([
      0, 0, 0,
    ]);
    const real = await world.start(over);
    await world.choose(real, people(150));
    await world.contact(real);
    const accountsOf = async (runId: string) => (await world.deps.runs.find(runId))?.accounts;
    await world.summarise(real);
    const { contacted, pending, ...rest } = (await accountsOf(real)) ?? { contacted: 0, pending: 0 };
    expect(await accountsOf(dry)).toEqual({ ...rest, contacted: pending, pending: contacted });
    const chosen = async (runId: string) =>
      (await Promise.all([0, 1].map((chunk) => world.deps.files.assignments(runId, chunk)))).flat();
    expect(await chosen(dry)).toEqual(await chosen(real));
  });

  test('that is done again wherever it stopped contacts nobody twice and nobody less', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 120 }), fc.integer({ min: 0, max: 120 }), async (first, second) => {
        const world = campaignWorld([...catalogue, oneAWeek]);
        const runId = await world.start({ entry: { most: 3 } });
        let left = -1;
        const dying = <Port extends object>(port: Port): Port =>
          new Proxy(port, {
            get: (target, name, receiver) => {
              const found: unknown = Reflect.get(target, name, receiver);
              if (typeof found !== 'function') return found;
              return async (...input: unknown[]) => {
                if (left-- === 0) throw new Error('gone before');
                const answer = await found.apply(target, input);
                if (left-- === 0) throw new Error('gone after');
                return answer;
              };
            },
          });
        const { deps } = world;
        Object.assign(deps, {
          contacts: dying(deps.contacts),
          decisions: dying(deps.decisions),
          ledgers: dying(deps.ledgers),
          entries: dying(deps.entries),
        });
        await world.choose(runId, people(30));
        const gone = async () => world.contact(runId).catch(() => undefined);
        left = first;
        await gone();
        left = second;
        await gone();
        left = -1;
        await world.contact(runId);
        expect(
          Object.values(await world.outcomes(runId)).filter((outcome) => /^(tv|fibre)/.test(outcome)),
        ).toHaveLength(30);
        for (const id of people(30)) expect(world.decisions.contactsOf(id)).toHaveLength(1);
        const { campaignId = '' } = (await deps.runs.find(runId)) ?? {};
        const entries = await deps.entries.of(campaignId, people(30));
        expect([...entries.values()].map(({ count }) => count)).toEqual(people(30).map(() => 1));
      }),
      { numRuns: 40 },
    );
  });

  test('leaves out who has been contacted often enough, with the reason', async () => {
    const world = campaignWorld([...catalogue, oneAWeek]);
    const nowMs = world.deps.now();
    world.decisions.ledgers.set(
      'c1000',
      withContacts(emptyLedger(['c1000']), [contact({ personaId: 'c1000', atMs: nowMs })]),
    );
    const runId = await world.start();
    await world.choose(runId, people(2));
    await world.contact(runId);
    expect(await world.outcomes(runId)).toMatchObject({
      c1000: 'contact_cap',
      c1001: expect.stringMatching(/^(tv|fibre)/),
    });
  });

  test('sends nothing more to who has entered often enough, or too lately', async () => {
    const world = campaignWorld(catalogue);
    const entry = { most: 2, restDays: 7 };
    const outcomes: (string | undefined)[] = [];
    for (const days of [0, 6, 1, 30]) {
      world.pass(days * 86_400_000);
      const runId = await world.start({ entry });
      await world.choose(runId, people(1));
      await world.contact(runId);
      outcomes.push((await world.outcomes(runId)).c1000);
    }
    expect(outcomes.map((outcome) => outcome === 'entry_limit')).toEqual([false, true, false, true]);
  });
});
